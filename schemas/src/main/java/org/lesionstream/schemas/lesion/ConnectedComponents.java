package org.lesionstream.schemas.lesion;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;

/**
 * Finds the connected regions of a mask run by run: one pass over the pixels cuts rows into runs of one label and joins each run with the
 * runs of equal label that it touches in the rows above, by union-find over runs.
 *
 * <ul>
 *   <li>Order: ascending label, within a label by the first pixel in raster order.
 *   <li>Cost: one look at every pixel, eight at a time where there is nothing, and a few integers per run; no object per pixel or run, no
 *       recursion.
 * </ul>
 */
public final class ConnectedComponents {

    private static final VarHandle EIGHT_PIXELS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private ConnectedComponents() {}

    /** The 8-connected regions of every label above 0. */
    public static List<Region> of(LabelMask mask) {
        return of(mask, Neighbourhood.EIGHT);
    }

    /** The regions of every label above 0. */
    public static List<Region> of(LabelMask mask, Neighbourhood neighbourhood) {
        return label(mask, neighbourhood).regions();
    }

    static Labelling label(LabelMask mask, Neighbourhood neighbourhood) {
        RunList runs = new RunList();
        int[] firstOfRow = new int[mask.height() + 1];
        for (int row = 0; row < mask.height(); row++) {
            firstOfRow[row] = runs.size();
            cut(mask, row, runs);
            firstOfRow[row + 1] = runs.size();
            join(runs, firstOfRow, row, neighbourhood);
        }
        return Labelling.of(runs, firstOfRow, neighbourhood.merges());
    }

    /** Adds the runs of one row. */
    private static void cut(LabelMask mask, int row, RunList runs) {
        byte[] labels = mask.labels();
        int start = row * mask.width();
        int end = start + mask.width();
        int i = start;
        while (i < end) {
            if (labels[i] == 0) {
                i++;
                while (i + Long.BYTES <= end && (long) EIGHT_PIXELS.get(labels, i) == 0) {
                    i += Long.BYTES;
                }
                while (i < end && labels[i] == 0) {
                    i++;
                }
                continue;
            }
            byte label = labels[i];
            int from = i++;
            while (i < end && labels[i] == label) {
                i++;
            }
            runs.add(label & 0xff, row, from - start, i - start);
        }
    }

    /** Joins the runs of a row with each other, where they need not touch, and with those of the rows above. */
    private static void join(RunList runs, int[] firstOfRow, int row, Neighbourhood neighbourhood) {
        int current = firstOfRow[row];
        int end = firstOfRow[row + 1];
        if (current == end) {
            return;
        }
        if (neighbourhood.columns(0) > 1) {
            runs.join(current, end, current, end, neighbourhood.columns(0));
        }
        for (int above = 1; above <= Math.min(row, neighbourhood.rows()); above++) {
            runs.join(firstOfRow[row - above], firstOfRow[row - above + 1], current, end, neighbourhood.columns(above));
        }
    }
}
