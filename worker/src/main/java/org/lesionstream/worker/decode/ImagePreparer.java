package org.lesionstream.worker.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * From a source to pixels: find the image that is meant, fetch, check the checksum, decode, put channels together.
 *
 * <p>Stateless, hence shared by the decode threads. The grid that it returns belongs to the caller.
 */
public final class ImagePreparer implements SourcePixels {

    private static final String IMAGE = "/image"; // where a job holds its source

    private final ImageFetcher fetcher;
    private final DecoderCatalog decoders;

    public ImagePreparer(ImageFetcher fetcher, DecoderCatalog decoders) {
        this.fetcher = fetcher;
        this.decoders = decoders;
    }

    @Override
    public SourceContent prepare(ImageSource source) {
        return source.channels().isEmpty() ? single(source, IMAGE) : several(source);
    }

    private SourceContent single(ImageSource source, String where) {
        Optional<List<ImagePart>> images = fetcher.images(source, where);
        if (images.isEmpty()) {
            return file(source, where);
        }
        List<ImagePart> parts = images.get();
        if (parts.size() == 1) {
            return file(alone(parts.get(0), source), where);
        }
        if (source.frame().isEmpty()) {
            return ManyImages.at(parts);
        }
        if (source.frame().getAsInt() > parts.size()) {
            throw new SegmentationException(FailureCode.SOURCE_NOT_FOUND, where + "/frame");
        }
        return file(parts.get(source.frame().getAsInt() - 1).source(source), where);
    }

    /** The one image that a location stands for; what the job says of it holds. */
    private static ImageSource alone(ImagePart part, ImageSource source) {
        return new ImageSource(
                part.uri(),
                Optional.empty(),
                List.of(),
                source.mediaType(),
                source.sha256(),
                part.frame().isPresent() ? part.frame() : source.frame());
    }

    private SourceContent file(ImageSource source, String where) {
        byte[] bytes = fetcher.fetch(source, where);
        Digest sha256 = checked(Digest.of(bytes), source, where);
        try {
            return content(bytes, source, sha256, where);
        } catch (SegmentationException refusal) {
            if (refusal.code() != FailureCode.UNSUPPORTED_TRANSFER_SYNTAX) {
                throw refusal;
            }
            return content(recoded(source, where, refusal), source, sha256, where);
        }
    }

    /** What no decoder here reads may come in another coding; where it does not, for whatever reason, the first refusal tells what is wrong. */
    private byte[] recoded(ImageSource source, String where, SegmentationException refusal) {
        try {
            return fetcher.fetchUncompressed(source, where).orElseThrow(() -> refusal);
        } catch (SegmentationException noBetter) {
            if (noBetter != refusal) {
                refusal.addSuppressed(noBetter);
            }
            throw refusal;
        }
    }

    private SourceContent content(byte[] bytes, ImageSource source, Digest sha256, String where) {
        try {
            return new DecodedImage(decoders.decode(bytes, source.frame(), where), sha256);
        } catch (SegmentationException refusal) {
            if (refusal.code() != FailureCode.MANY_IMAGES) {
                throw refusal;
            }
            return ManyImages.of(decoders.layout(bytes, where), sha256); // asked only now: most sources hold one
        }
    }

    private SourceContent several(ImageSource source) {
        List<PixelGrid> grids = new ArrayList<>();
        List<ManyImages> volumes = new ArrayList<>();
        List<Digest> digests = new ArrayList<>();
        for (int channel = 0; channel < source.channels().size(); channel++) {
            String where = IMAGE + "/channels/" + channel;
            SourceContent content = single(source.channels().get(channel), where);
            if (content instanceof DecodedImage image) {
                PixelGrid first = grids.isEmpty() ? image.grid() : grids.get(0);
                if (image.grid().channels() != 1 || !ChannelStack.fits(first, image.grid())) {
                    throw new SegmentationException(FailureCode.IMAGE_NOT_SUITABLE, where);
                }
                grids.add(image.grid());
                digests.add(image.sha256());
            } else if (content instanceof ManyImages volume) {
                if (volume.inFilesOfTheirOwn()) { // of which each channel has others
                    throw new SegmentationException(FailureCode.MANY_IMAGES, where);
                }
                if (!volumes.isEmpty()
                        && volume.parts().size() != volumes.get(0).parts().size()) {
                    throw new SegmentationException(FailureCode.IMAGE_NOT_SUITABLE, where);
                }
                volumes.add(volume);
                digests.add(volume.sha256());
            }
            if (!grids.isEmpty() && !volumes.isEmpty()) {
                throw new SegmentationException(FailureCode.IMAGE_NOT_SUITABLE, where);
            }
        }
        return grids.isEmpty()
                ? new ManyImages(volumes.get(0).parts(), ChannelStack.digest(digests))
                : new DecodedImage(ChannelStack.of(grids), ChannelStack.digest(digests));
    }

    private static Digest checked(Digest actual, ImageSource source, String where) {
        if (!source.sha256().orElse(actual).equals(actual)) {
            throw new SegmentationException(FailureCode.CHECKSUM_MISMATCH, where + "/sha256");
        }
        return actual;
    }
}
