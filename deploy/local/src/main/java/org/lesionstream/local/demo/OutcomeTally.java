package org.lesionstream.local.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts the answers to what was asked: nothing may be missing, nothing may come twice.
 *
 * <ul>
 *   <li>A job is answered by one message, a result or a dead letter; a case by one case result. Whatever more arrives about them is a
 *       duplicate, whether it bears the id of the first answer or another one.
 *   <li>A message about a job or a case that nobody asked for is a stray.
 *   <li>Confined to the thread that reads the answers.
 * </ul>
 */
final class OutcomeTally {

    /** What answers a question. */
    enum Answer {
        RESULT,
        DEAD_LETTER,
        CASE_RESULT
    }

    private final Set<String> jobs;
    private final Set<String> cases;
    private final Map<String, Answer> jobAnswers = new HashMap<>();
    private final Set<String> caseAnswers = new HashSet<>();
    private int duplicates;
    private int strays;

    /**
     * @param jobs ids of which each must be answered once
     * @param cases ids of which each must be answered once
     */
    OutcomeTally(Set<String> jobs, Set<String> cases) {
        this.jobs = Set.copyOf(jobs);
        this.cases = Set.copyOf(cases);
    }

    /**
     * Takes one message.
     *
     * @param about id of the job, or of the case for a case result
     * @return whether it is the first answer to a question that was asked
     */
    boolean take(Answer answer, String about) {
        boolean asked = (answer == Answer.CASE_RESULT ? cases : jobs).contains(about);
        if (!asked) {
            strays++;
            return false;
        }
        boolean first =
                answer == Answer.CASE_RESULT ? caseAnswers.add(about) : jobAnswers.putIfAbsent(about, answer) == null;
        if (!first) {
            duplicates++;
        }
        return first;
    }

    /** Whether everything that must be answered is. */
    boolean complete() {
        return lost() == 0;
    }

    /** Answers that must come and have not come. */
    int lost() {
        return jobs.size() - jobAnswers.size() + cases.size() - cases();
    }

    int duplicates() {
        return duplicates;
    }

    int strays() {
        return strays;
    }

    /** Jobs that ended in a mask. */
    int results() {
        return count(Answer.RESULT);
    }

    /** Jobs that ended in a dead letter. */
    int deadLetters() {
        return count(Answer.DEAD_LETTER);
    }

    /** Cases that are answered. */
    int cases() {
        return caseAnswers.size();
    }

    /** Jobs and cases that are answered, of {@link #expected()}. */
    int answered() {
        return expected() - lost();
    }

    int expected() {
        return jobs.size() + cases.size();
    }

    private int count(Answer answer) {
        return (int) jobAnswers.values().stream().filter(answer::equals).count();
    }
}
