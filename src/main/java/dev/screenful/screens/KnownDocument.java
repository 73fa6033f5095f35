package dev.screenful.screens;

import dev.screenful.document.ParsedDocument;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A document that some version of the app sends.
 *
 * @param text the text that the app sends
 * @param ids its ids in manifests
 * @param normalForm the text that it has in common with equivalent documents
 * @param screen its screen
 * @param parsed reads the syntax tree
 */
public record KnownDocument(
    String text,
    Set<String> ids,
    String normalForm,
    KnownScreen screen,
    Supplier<ParsedDocument> parsed) {}
