package org.lesionstream.worker.decode.dicom.codec;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Speaks as {@link Jpeg2000Main} does and decodes nothing: the last byte of a frame says what becomes of it. */
final class FakeJpeg2000 {

    /** Answers with the number of its process. */
    static final int TELL_PROCESS = 0;

    /** Answers with the number of its environment's variables. */
    static final int TELL_VARIABLES = 1;

    /** Never comes back. */
    static final int SPIN = 2;

    /** Comes back with half of the frame. */
    static final int GIVE_UP = 3;

    private FakeJpeg2000() {}

    public static void main(String[] arguments) throws IOException {
        DataInputStream requests = new DataInputStream(new FileInputStream(FileDescriptor.in));
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        for (int bytesPerSample = requests.read(); bytesPerSample > 0; bytesPerSample = requests.read()) {
            int length = requests.readInt();
            byte[] coded = requests.readNBytes(requests.readInt());
            int wish = coded[coded.length - 1];
            while (wish == SPIN) {
                Thread.onSpinWait();
            }
            long told = wish == TELL_VARIABLES
                    ? System.getenv().size()
                    : ProcessHandle.current().pid();
            byte[] frame = ByteBuffer.allocate(Long.BYTES).putLong(told).array();
            answers.write(frame, 0, wish == GIVE_UP ? length / 2 : length);
            if (wish == GIVE_UP) {
                return;
            }
        }
    }
}
