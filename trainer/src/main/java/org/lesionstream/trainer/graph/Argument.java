package org.lesionstream.trainer.graph;

import java.util.List;

/** What an operator is called with: a tensor, a list of tensors, or a constant. */
public sealed interface Argument permits Value, Argument.Values, Argument.Constant {

    /** The tensors of this argument, in order. */
    List<Value> values();

    /** Several tensors as one argument. */
    record Values(List<Value> values) implements Argument {
        public Values {
            values = List.copyOf(values);
        }
    }

    /** A whole number, a real number, a truth value, a word, a list of whole numbers, or {@link #NONE}. */
    record Constant(Object value) implements Argument {
        /** The absent optional argument. */
        public static final Constant NONE = new Constant(Absent.NONE);

        public Constant {
            boolean list = value instanceof List<?> items && items.stream().allMatch(Long.class::isInstance);
            if (!(list
                    || value instanceof Long
                    || value instanceof Double
                    || value instanceof Boolean
                    || value instanceof String
                    || value instanceof Absent)) {
                throw new IllegalArgumentException(
                        "an argument cannot be a " + value.getClass().getName());
            }
        }

        /** A list of whole numbers. */
        public static Constant wholes(long... numbers) {
            return new Constant(java.util.Arrays.stream(numbers).boxed().toList());
        }

        /** One whole number. */
        public static Constant whole(long number) {
            return new Constant(number);
        }

        /** One real number. */
        public static Constant real(double number) {
            return new Constant(number);
        }

        /** A truth value. */
        public static Constant flag(boolean flag) {
            return new Constant(flag);
        }

        /** A word. */
        public static Constant word(String word) {
            return new Constant(word);
        }

        @Override
        public List<Value> values() {
            return List.of();
        }
    }

    /** The type of {@link Constant#NONE}. */
    enum Absent {
        NONE
    }
}
