package dev.screenful.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.layover.Layover;
import dev.screenful.document.ParsedDocument;
import dev.screenful.priming.Recording;
import dev.screenful.schema.AppSchema;
import dev.screenful.telemetry.Log;
import graphql.language.AstPrinter;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A document is refused, or has an equivalent normal form. Known screens are not validated again,
 * so the parts that the normal form drops must not make an invalid document equal to a known
 * screen.
 */
final class DocumentFuzz {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-15T14:00:00Z"), ZoneOffset.UTC);

  private static final DocumentValidator VALIDATOR = validator();

  /** Parts that clients add, and directives for the server. */
  private static final Pattern ADDED =
      Pattern.compile(
          "\\b__typename\\b|@logged\\b|@budget\\(\\w+:-?\\d+,\\w+:-?\\d+,\\w+:-?\\d+\\)");

  private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s,]");

  private static DocumentValidator validator() {
    Layover app = new Layover(CLOCK, new SplittableRandom(1), Recording.bucket(CLOCK));
    return new DocumentValidator(
        AppSchema.of(Path.of("schema"), app.resolvers()),
        new Log(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)));
  }

  @MethodSource("dev.screenful.FuzzSeeds#documents")
  @FuzzTest
  void the_normal_form_is_equivalent_to_the_document(byte[] utf8) {
    ParsedDocument document;
    try {
      document = VALIDATOR.parse(new String(utf8, StandardCharsets.UTF_8), "fuzz");
    } catch (DocumentRefused notGraphql) {
      return;
    }
    String normal = document.normalForm();
    ParsedDocument again = ParsedDocument.of(normal);
    assertThat(again.normalForm()).isEqualTo(normal);
    assertThat(ParsedDocument.of(document.asKnown().compact()).normalForm()).isEqualTo(normal);
    assertThat(words(again)).isEqualTo(words(document));
    if (document.exceededLimit().isEmpty()) {
      assertThat(again.exceededLimit()).isEmpty();
      assertThat(isValid(again)).isEqualTo(isValid(document));
    }
  }

  private static boolean isValid(ParsedDocument document) {
    try {
      VALIDATOR.validate(document, "fuzz");
      return true;
    } catch (DocumentRefused invalid) {
      return false;
    }
  }

  /** The sorted words of a document, without the parts that the normal form drops. */
  private static List<String> words(ParsedDocument document) {
    String text = AstPrinter.printAstCompact(document.document());
    String withoutAdded = ADDED.matcher(text).replaceAll("");
    return WORD.matcher(withoutAdded.replaceAll("(?<=\\d)\\.0\\b", "")) // 8e0 is printed as 8
        .results()
        .map(MatchResult::group)
        .sorted()
        .toList();
  }
}
