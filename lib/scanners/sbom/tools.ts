import type { Result } from '../../core/failure.ts';
import type { ImageInventory } from '../../core/sbom/index.ts';
import type { ImageRequest } from '../../ports/image-source.ts';
import type { Advisories, MatchOptions, VexStatement } from '../../vulnerabilities/index.ts';

/** The name of an image, taken apart. */
export interface ImageName {
  /** Full name without tag and digest: `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

/** Everything that matching knows. */
export interface KnownVulnerabilities extends MatchOptions {
  readonly advisories: Advisories;
  readonly vex: readonly VexStatement[];
}

/** What an SBOM scan uses of the world beside the cluster: where images come from, and what is known of vulnerabilities. */
export interface ImageTools {
  /** Reads a reference as a registry's client does. */
  nameOf(reference: string): Result<ImageName>;
  /** What an image is made of; layers that were read before are not read again. `names` are those of the pods, by which an archive may know it. */
  inventory(request: ImageRequest & { readonly names: readonly string[] }): Promise<Result<ImageInventory>>;
  /** Opened once for a scan. */
  vulnerabilities(): Promise<Result<KnownVulnerabilities>>;
}
