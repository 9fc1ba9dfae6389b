package org.lesionstream.trainer.adopt;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lesionstream.trainer.export.EmbeddedModule;
import org.lesionstream.trainer.export.StoredArchive;

/**
 * The module in a TorchScript file made elsewhere, ready to be carried inside of another one.
 *
 * @param archive the file that it is in; must stay open as long as this is used
 * @param pickle its objects
 * @param chosen which tensor of its answer counts
 */
record ForeignModule(ForeignArchive archive, ForeignPickle pickle, Part chosen) implements EmbeddedModule {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.,\\[\\] ]{1,500}");

    /**
     * Finds the module and what it says about its answer.
     *
     * @throws AdoptionException when there is no module, or its answer has no such part
     */
    static ForeignModule in(ForeignArchive archive, Optional<String> take) throws IOException {
        ForeignPickle pickle = ForeignPickle.of(archive.bytes("data.pkl").orElseThrow());
        String file = "code/"
                + pickle.type().substring(0, pickle.type().lastIndexOf('.')).replace('.', '/') + ".py";
        String source = archive.text(file)
                .orElseThrow(() -> new AdoptionException(
                        "the archive has no " + file + ", where " + pickle.type() + " should be"));
        return new ForeignModule(archive, pickle, Part.of(answerType(source, pickle.type()), take));
    }

    /** The type behind the arrow of {@code def forward(self: type, ...) -> answer:}, whatever the author called {@code self}. */
    private static String answerType(String source, String type) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        int start = source.indexOf("class " + name + "(Module):");
        int end = start < 0 ? -1 : source.indexOf("\nclass ", start);
        String body = start < 0 ? "" : source.substring(start, end < 0 ? source.length() : end);
        int forward = body.indexOf("  def forward(");
        int arrow = forward < 0 ? -1 : body.indexOf(") -> ", forward);
        int colon = arrow < 0 ? -1 : body.indexOf(":\n", arrow);
        String answer = colon < 0 ? "" : body.substring(arrow + ") -> ".length(), colon);
        if (!TYPE.matcher(answer).matches()) {
            throw new AdoptionException(type + " is no module with a method forward");
        }
        return answer;
    }

    @Override
    public String type() {
        return pickle.type();
    }

    @Override
    public String part() {
        return chosen.code();
    }

    @Override
    public byte[] program() {
        return pickle.program();
    }

    @Override
    public void copyTo(StoredArchive target) throws IOException {
        archive.copyTo(target);
    }
}
