package dev.screenful.http;

import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status the status code
 * @param headers values by name in lower case
 * @param body in UTF-8
 */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {}
