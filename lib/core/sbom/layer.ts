import { z } from 'zod';
import { OperatingSystem, SoftwarePackage } from './package.ts';

/** What a cataloger found in one file. A file of an upper layer replaces the whole of what the same path said below. */
export const FileAnalysis = z.object({
  /** Path in the image, without a leading slash: `var/lib/dpkg/status`. */
  path: z.string(),
  /** Id of the cataloger that read it. */
  cataloger: z.string(),
  packages: z.array(SoftwarePackage).optional(),
  os: OperatingSystem.optional(),
  /** Packages of the operating system and the paths they own; from dpkg's `*.list`, apk's `F:`/`R:`, rpm's BASENAMES. Only paths that a cataloger wants are kept. */
  owned: z.array(z.object({ package: z.string(), paths: z.array(z.string()) })).optional(),
  /** Licences told apart from the packages they belong to: dpkg's copyright files. */
  licences: z.array(z.object({ package: z.string(), licences: z.array(z.string()) })).optional(),
  /** Why the file could not be read, as a sentence without a full stop; what else is said of it is then a part only: an archive of which one member is damaged. */
  unreadable: z.string().optional(),
});
export type FileAnalysis = z.infer<typeof FileAnalysis>;

export const LayerAnalysis = z
  .object({
    schemaVersion: z.literal(1),
    /** Version of the analyser; another version reads the layer again. */
    analyser: z.string(),
    /** Digest of the layer as the manifest names it: `sha256:…`. */
    digest: z.string(),
    files: z.array(FileAnalysis),
    /** Paths that this layer takes away from those below (`.wh.NAME`). */
    removed: z.array(z.string()),
    /** Folders that hide everything that layers below have in them (`.wh..wh..opq`). */
    opaque: z.array(z.string()),
    /** Paths of this layer that replace something a cataloger may have read below without being read themselves: a folder or a link in place of a file. */
    replaced: z.array(z.string()),
    /** Symbolic links near the root, which files of other layers may be written through: `lib` → `usr/lib`. Targets are paths in the image. */
    links: z.array(z.object({ path: z.string(), target: z.string() })).optional(),
    /** What makes the analysis incomplete: a bomb, an endless header, a corrupt stream. Sentences without a full stop. */
    troubles: z.array(z.string()),
    /** Reading ended before the layer did, so its digest is not proven, and another try may go better. Never kept. */
    interrupted: z.literal(true).optional(),
    /** Bytes read, compressed and unpacked. */
    bytes: z.object({ packed: z.int(), unpacked: z.int() }),
  })
  .meta({ id: 'LayerAnalysis', description: 'Everything Gatehouse knows of one layer; kept by digest and version of the analyser.' });
export type LayerAnalysis = z.infer<typeof LayerAnalysis>;
