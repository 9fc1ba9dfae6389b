package org.lesionstream.trainer.adopt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which tensor of a module's answer counts.
 *
 * @param place counted from 0, of a tuple or list
 * @param key of a dictionary
 */
record Part(OptionalInt place, Optional<String> key) {

    private static final Pattern PLACE = Pattern.compile("[0-9]{1,4}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    /**
     * The part that was asked for, or the first one where nobody asked.
     *
     * @param type of the answer, as the module's source declares it
     * @throws AdoptionException when an answer of that type has no such part
     */
    static Part of(String type, Optional<String> take) {
        if (type.equals("Tensor")) {
            take.ifPresent(asked -> {
                throw new AdoptionException("the module answers with one tensor, so nothing can be taken by " + asked);
            });
            return new Part(OptionalInt.empty(), Optional.empty());
        }
        if (type.equals("List[Tensor]")) {
            return new Part(OptionalInt.of(place(type, take)), Optional.empty());
        }
        if (type.startsWith("Tuple[") && type.endsWith("]")) {
            int place = place(type, take);
            List<String> types = elements(type);
            if (place >= types.size() || !types.subList(0, place + 1).stream().allMatch("Tensor"::equals)) {
                throw new AdoptionException("the module answers with " + type
                        + ", and only a tensor with nothing but tensors before it can be taken, not number " + place);
            }
            return new Part(OptionalInt.of(place), Optional.empty());
        }
        if (type.equals("Dict[str, Tensor]")) {
            return new Part(OptionalInt.empty(), Optional.of(key(take)));
        }
        throw new AdoptionException("the module answers with " + type
                + "; only Tensor, Tuple[Tensor, ...], List[Tensor] and Dict[str, Tensor] can be served");
    }

    private static int place(String type, Optional<String> take) {
        String place = take.orElse("0");
        if (!PLACE.matcher(place).matches()) {
            throw new AdoptionException(
                    "the module answers with " + type + ", whose parts have numbers from 0 on, not the name " + place);
        }
        return Integer.parseInt(place);
    }

    private static String key(Optional<String> take) {
        String key = take.orElseThrow(() -> new AdoptionException(
                "the module answers with a dictionary of tensors: say which of them is meant, by its key"));
        if (!KEY.matcher(key).matches()) {
            throw new AdoptionException("a key must be letters, digits, dot, underscore and hyphen, was " + key);
        }
        return key;
    }

    /** The types between the brackets of a tuple's. */
    private static List<String> elements(String tuple) {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int start = "Tuple[".length();
        for (int i = start; i < tuple.length(); i++) {
            char c = tuple.charAt(i);
            boolean last = i == tuple.length() - 1;
            if ((c == ',' && depth == 0) || last) {
                elements.add(tuple.substring(start, i).strip());
                start = i + 1;
            }
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        }
        return elements;
    }

    /** As TorchScript puts it behind a value. */
    String code() {
        return place.isPresent()
                ? "[" + place.getAsInt() + "]"
                : key.map(word -> "[\"" + word + "\"]").orElse("");
    }

    /** As people say it, empty where there is nothing to choose. */
    Optional<String> text() {
        return place.isPresent() ? Optional.of(Integer.toString(place.getAsInt())) : key;
    }

    /** That part of an answer which the engine gave, its tensors in order. */
    NDArray of(NDList answer) {
        if (key.isPresent()) {
            return answer.stream()
                    .filter(array -> key.get().equals(array.getName()))
                    .findFirst()
                    .orElseThrow(() -> new AdoptionException("the module's answer has no key " + key.get() + ", but "
                            + answer.stream().map(NDArray::getName).toList()));
        }
        int at = place.orElse(0);
        if (at >= answer.size()) {
            throw new AdoptionException(
                    "the module's answer has " + answer.size() + " tensors, so there is no number " + at);
        }
        return answer.get(at);
    }
}
