package dev.screenful.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;

/**
 * A list of everything that is allowed, in {@code approved/NAME.txt}. After an intended change,
 * {@code mvn verify -Dapprove} rewrites the file. Review it before you commit it.
 */
public final class ApprovedList {

  private static final Path FOLDER = Path.of("src/test/resources/approved");

  private ApprovedList() {}

  /** Asserts that the entries are exactly those of the file. */
  public static void assertApproved(String name, Collection<String> entries) throws IOException {
    Path file = FOLDER.resolve(name + ".txt");
    if (System.getProperty("approve") != null) {
      Files.write(file, new TreeSet<>(entries));
    }
    assertThat(new TreeSet<>(entries))
        .as("compared with %s", file)
        .containsExactlyElementsOf(new TreeSet<>(Files.readAllLines(file)));
  }
}
