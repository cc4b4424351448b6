import { createHash } from 'node:crypto';

/** Package names fall into this many slots, by the beginning of their SHA-256; a shard holds a run of them. */
export const slots = 1024;

/** The slot of a package. Part of the format of the index: never change it without a new schemaVersion. */
export const slotOf = (packageName: string): number => createHash('sha256').update(packageName).digest().readUInt16BE(0) % slots;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
