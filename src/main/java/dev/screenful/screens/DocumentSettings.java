package dev.screenful.screens;

/**
 * What differs between deployments in which documents are taken.
 *
 * @param safelist which may run
 * @param persistedQueries whether clients may register documents and then send their hash alone
 * @param registrationsPerMinute how many documents a caller may register in a minute; more are
 *     executed all the same
 */
public record DocumentSettings(
    Safelist safelist, boolean persistedQueries, int registrationsPerMinute) {}
