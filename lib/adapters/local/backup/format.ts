import { z } from 'zod';

/** Names in a data folder. */
export interface FolderNames {
  /** Folder of the evidence. */
  readonly objects: string;
  readonly secrets: string;
  readonly signingKey: string;
}

export const databaseName = 'gatehouse.db';
/** The last entry of a backup: what must be in it. A backup that breaks off has none. */
export const manifestName = 'backup.json';

export const BackupManifest = z.object({
  format: z.literal('gatehouse-backup'),
  version: z.literal(1),
  createdAt: z.string(),
  /** Version of Gatehouse that wrote it. */
  tool: z.string(),
  /** Version of the database's schema: a Gatehouse that knows fewer steps cannot read it. */
  schema: z.int().min(0),
  files: z.array(
    z.object({
      path: z.string(),
      size: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** What its owner may do: permission bits, those of others left out. */
      mode: z.int().min(0).max(0o700),
    }),
  ),
});
export type BackupManifest = z.infer<typeof BackupManifest>;
export type BackupFile = BackupManifest['files'][number];

/** What is known of a backup or a restored folder, for a person. */
export interface BackupSummary {
  readonly createdAt: string;
  readonly files: number;
  /** Bytes of the files together. */
  readonly bytes: number;
  /** Evidence that the records name and that is not there. */
  readonly missing: readonly string[];
}

/** `named`: paths of the evidence that the records name. */
export const summaryOf = ({ createdAt, files }: BackupManifest, named: readonly string[]): BackupSummary => {
  const there = new Set(files.map(({ path }) => path));
  return {
    createdAt,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    missing: named.filter((path) => !there.has(path)),
  };
};
