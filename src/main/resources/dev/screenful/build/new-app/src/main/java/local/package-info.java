/** The app {{name}} for development: its users and its sample data. Not deployed. */
@NullMarked
package {{package}}.local;

import org.jspecify.annotations.NullMarked;
