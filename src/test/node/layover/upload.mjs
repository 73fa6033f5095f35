// Uploads a picture, as docs/clients.md shows it: creates an upload, sends the bytes to S3, and confirms the upload.
export async function setPicture(client, create, confirm, blob) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const { data } = await client.mutate({
    mutation: create,
    variables: {
      requestId: crypto.randomUUID(),
      contentType: blob.type,
      bytes: blob.size,
      sha256: btoa(String.fromCharCode(...hash)),
    },
  });
  const { uploadId, url, method, headers } = data.createPictureUpload;
  const sent = await fetch(url, {
    method,
    headers: headers.map(({ name, value }) => [name, value]),
    body: blob,
  });
  if (!sent.ok && sent.status !== 412) { // 412: it has arrived, but the response was lost
    throw new Error(`The upload failed with status ${sent.status}.`);
  }
  return client.mutate({ mutation: confirm, variables: { requestId: crypto.randomUUID(), uploadId } });
}
