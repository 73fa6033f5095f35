package dev.layover;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Splits names into search words: lower case, without accents. */
public final class SearchWords {

  /** Letters of the shortest word; a single letter would match a twentieth of all airports. */
  static final int MIN_LENGTH = 2;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

  /** Letters that Unicode does not decompose into a plain letter and a mark. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "ø", "o", "ł", "l", "đ", "d", "ð", "d", "ß", "ss", "æ", "ae", "œ", "oe", "þ", "th", "ı",
          "i");

  /** Words that are too common for a search. */
  private static final Set<String> COMMON =
      Set.of("airport", "international", "regional", "municipal");

  private SearchWords() {}

  /** Whether a word is too common for a search item. */
  public static boolean isCommon(String word) {
    return COMMON.contains(word);
  }

  /** Whether a typed prefix may become a common word. */
  static boolean beginsCommon(String typed) {
    return COMMON.stream().anyMatch(common -> common.startsWith(typed));
  }

  /** The distinct words of a text that are long enough for a search, in order. */
  public static Set<String> of(String text) {
    String plain =
        MARKS
            .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
            .replaceAll("");
    for (Map.Entry<String, String> letter : PLAIN.entrySet()) {
      plain = plain.replace(letter.getKey(), letter.getValue());
    }
    return Arrays.stream(BETWEEN_WORDS.split(plain))
        .filter(word -> word.length() >= MIN_LENGTH)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
