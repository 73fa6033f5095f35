/** The app {{name}}: its resolver classes, its keys and items, and its Lambda function. */
@NullMarked
package {{package}};

import org.jspecify.annotations.NullMarked;
