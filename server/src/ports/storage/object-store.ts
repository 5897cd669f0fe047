import { storageKey } from "./storage-key.ts";
import type { Storage } from "./stored.ts";

export type ObjectStoreSettings = {
  endpoint: string | undefined;
  region: string;
  bucket: string;
  accessKeyId: string | undefined;
  secretAccessKey: string | undefined;
};

/** Any S3-compatible store. The SDK is loaded only where it is used: it is large. */
export const objectStorage = async (settings: ObjectStoreSettings): Promise<Storage> => {
  const { S3Client, PutObjectCommand, GetObjectCommand, DeleteObjectCommand } = await import("@aws-sdk/client-s3");
  const store = new S3Client({
    region: settings.region,
    ...(settings.endpoint ? { endpoint: settings.endpoint, forcePathStyle: true } : {}),
    ...(settings.accessKeyId && settings.secretAccessKey
      ? { credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey } }
      : {}),
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000 },
    maxAttempts: 3,
  });
  const at = (key: string) => ({ Bucket: settings.bucket, Key: storageKey(key) });
  return {
    put: async (key, bytes, mediaType) => {
      await store.send(new PutObjectCommand({ ...at(key), Body: bytes, ContentType: mediaType }));
    },
    get: async (key) => {
      try {
        const found = await store.send(new GetObjectCommand(at(key)));
        return { length: found.ContentLength ?? 0, bytes: found.Body as AsyncIterable<Uint8Array> };
      } catch (error) {
        if (error instanceof Error && (error.name === "NoSuchKey" || error.name === "NotFound")) return null;
        throw error;
      }
    },
    remove: async (key) => {
      await store.send(new DeleteObjectCommand(at(key)));
    },
  };
};
