package dev.screenful.upload;

/**
 * The content that a client may upload under a key.
 *
 * @param object the key of the object in the bucket: a UUID, which no client can choose
 * @param contentType a media type, such as {@code image/jpeg}
 * @param bytes the size
 * @param sha256 the hash of the content in base64, as S3 writes it
 */
public record Upload(String object, String contentType, int bytes, String sha256) {}
