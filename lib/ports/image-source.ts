import type { Result } from '../core/failure.ts';
import type { ImageIdentity, Platform } from '../core/sbom/index.ts';

/** Bytes as they arrive. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** An image that was found: what it is, and a way to its layers. */
export interface OpenedImage {
  readonly identity: ImageIdentity;
  /**
   * One layer as it is stored, compressed or not; its digest is checked while it flows, and a wrong one ends the stream with an error whose message is a sentence. A transfer that breaks goes on
   * where it broke, a few times. Fails when the layer is not there or may not be read.
   */
  layer(digest: string, signal: AbortSignal): Promise<Result<ByteStream>>;
}

/** What an image is opened with. */
export interface ImageRequest {
  /** `nginx:1.27`, `registry.example/team/app@sha256:…`; for archives the tag inside, or nothing where it holds one image. */
  readonly reference: string;
  readonly platform: Platform;
  /** Contents of `.dockerconfigjson` (or `.dockercfg`) pull secrets of the pods that run it, most specific first. */
  readonly credentials?: readonly string[];
  readonly signal: AbortSignal;
}

/** Where images come from: registries, an OCI layout, a docker-archive file. */
export interface ImageSource {
  /** Resolves reference and platform, and reads manifest and configuration; their digests are checked. */
  open(request: ImageRequest): Promise<Result<OpenedImage>>;
}
