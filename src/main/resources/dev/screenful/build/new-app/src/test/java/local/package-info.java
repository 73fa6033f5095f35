@NullMarked
package {{package}}.local;

import org.jspecify.annotations.NullMarked;
