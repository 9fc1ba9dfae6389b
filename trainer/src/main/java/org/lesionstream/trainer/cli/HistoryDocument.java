package org.lesionstream.trainer.cli;

import java.util.List;

/**
 * The movements of a checkpoint's aliases, as printed for programs; what {@code aliases.json} says stands here under the same names.
 *
 * @param name of the checkpoint
 * @param at the moment that is looked at; null for all times
 * @param changes oldest first; of a moment only those that were in force then
 * @param notes about its versions, oldest first; none for a moment or a single alias
 */
record HistoryDocument(String name, String at, List<MovementLine> changes, List<NoteLine> notes) {}
