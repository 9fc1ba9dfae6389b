package org.lesionstream.worker.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript archives of networks without weights, small enough to predict every output byte by hand.
 *
 * <p>An archive is a zip of stored entries: a pickled module that holds nothing but {@code training = False}, and the text of its
 * class.
 */
public enum TinyNetwork {
    /** label = first channel above 127, confidence = first channel. */
    THRESHOLD("Tuple[Tensor, Tensor]", """
            t0 = torch.select(image, 3, 0)
            return (torch.to(torch.gt(t0, 127), 0), t0)
            """),

    /** THRESHOLD with the labels the other way round, to tell two versions apart. */
    INVERTED("Tuple[Tensor, Tensor]", """
            t0 = torch.select(image, 3, 0)
            return (torch.to(torch.le(t0, 127), 0), t0)
            """),

    /** THRESHOLD, but any byte 254 in the batch makes the run fail. */
    THRESHOLD_THAT_FAILS_AT_254("Tuple[Tensor, Tensor]", """
            if bool(torch.any(torch.eq(image, 254))):
              ops.prim.RaiseException("254")
            t0 = torch.select(image, 3, 0)
            return (torch.to(torch.gt(t0, 127), 0), t0)
            """),

    /** One probability plane, the first channel. */
    PROBABILITY("Tensor", """
            return torch.permute(torch.slice(image, 3, 0, 1), [0, 3, 1, 2])
            """),

    /** Two convolutions in bf16 with weights made up on the way: label and confidence from real, rounded arithmetic. */
    CONVOLUTIONS("Tuple[Tensor, Tensor]", """
            t0 = torch.permute(torch.to(torch.div(torch.to(image, 6), 255.), 15), [0, 3, 1, 2])
            t1 = torch.reshape(torch.sin(torch.arange(864, dtype=6, layout=0, device=torch.device("cpu"), pin_memory=False)), [32, 3, 3, 3])
            t2 = torch.relu(torch.conv2d(t0, torch.to(t1, 15), None, [1, 1], [1, 1], [1, 1], 1))
            t3 = torch.reshape(torch.cos(torch.arange(288, dtype=6, layout=0, device=torch.device("cpu"), pin_memory=False)), [1, 32, 3, 3])
            t4 = torch.conv2d(t2, torch.to(t3, 15), None, [1, 1], [1, 1], [1, 1], 1)
            t5 = torch.select(torch.sigmoid(torch.to(t4, 6)), 1, 0)
            return (torch.to(torch.gt(t5, 0.5), 0), torch.to(torch.mul(t5, 255.), 0))
            """);

    private static final String FOLDER = "tiny/";

    /** Protocol 2: GLOBAL "__torch__ Net", EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK, "training", NEWFALSE, SETITEMS, BUILD, STOP. */
    private static final byte[] MODULE = HexFormat.of()
            .parseHex(
                    "8002" + hex("c__torch__\nNet\n") + "2981" + "7d28" + "5808000000" + hex("training") + "8975622e");

    /** Protocol 2: the empty tuple. */
    private static final byte[] NO_CONSTANTS = HexFormat.of().parseHex("8002292e");

    private final String returns;
    private final String body;

    TinyNetwork(String returns, String body) {
        this.returns = returns;
        this.body = body;
    }

    /** The archive. */
    public byte[] archive() {
        String code = """
                class Net(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Net,
                    image: Tensor) -> %s:
                %s""".formatted(returns, body.indent(4));
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
            store(zip, "data.pkl", MODULE);
            store(zip, "constants.pkl", NO_CONSTANTS);
            store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var checksum = new CRC32();
        checksum.update(content);
        var entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
