package dev.screenful.screens;

/**
 * The deployment's settings for documents.
 *
 * @param safelist the documents that may run
 * @param persistedQueries whether clients may register documents and then send only their hash
 * @param registrationsPerMinute the documents that a caller may register in a minute; more are
 *     executed, but not registered
 */
public record DocumentSettings(
    Safelist safelist, boolean persistedQueries, int registrationsPerMinute) {}
