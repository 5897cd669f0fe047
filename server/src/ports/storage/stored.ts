/** Where files lie: agreements, signed files, registers. A key is a path of plain words, never from outside. */
export type Stored = { length: number; bytes: AsyncIterable<Uint8Array> };
export type Storage = {
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>;
  get(key: string): Promise<Stored | null>;
  remove(key: string): Promise<void>;
};

/** The whole file, for those who must look at all of it (20 MB at most). */
export const readAll = async (stored: Stored): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stored.bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
};
