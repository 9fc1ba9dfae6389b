package org.lesionstream.local.demo;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * The masks in the database, which is the truth about what the worker did: each must be there, and be the one that its published result
 * announced.
 */
final class StoredMasks implements AutoCloseable {

    private static final String PNG_OF_JOB = "SELECT png FROM mask WHERE job_id = ?";

    private final Connection connection;

    StoredMasks(LocalDatabase database) throws IOException {
        try {
            connection = database.connect();
        } catch (SQLException failure) {
            throw new IOException("The database does not take a connection", failure);
        }
    }

    /** @throws IOException when there is no mask, or another one than the result announced */
    LabelMask of(SegmentationResult result) throws IOException {
        byte[] png = png(result.jobId());
        if (!Digest.of(png).equals(result.mask().sha256())) {
            throw new IOException("The stored mask of " + result.jobId() + " is not the one that its result announced");
        }
        return MaskPng.decode(png);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IOException("The connection to the database does not close", failure);
        }
    }

    private byte[] png(String jobId) throws IOException {
        try (PreparedStatement query = connection.prepareStatement(PNG_OF_JOB)) {
            query.setString(1, jobId);
            try (ResultSet found = query.executeQuery()) {
                if (!found.next()) {
                    throw new IOException("There is a result of " + jobId + " but no mask in the database");
                }
                return found.getBytes(1);
            }
        } catch (SQLException failure) {
            throw new IOException("The mask of " + jobId + " cannot be read", failure);
        }
    }
}
