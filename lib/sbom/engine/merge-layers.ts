import type { ImageIdentity, ImageInventory, LayerAnalysis, OperatingSystem } from '../../core/sbom/index.ts';
import { quoted } from './limits.ts';
import { overlay, type VisibleFile } from './overlay.ts';
import { compareText, gatherPackages } from './packages.ts';

/** In this order, os-release(5) says, programs look for it. */
const osReleases = ['etc/os-release', 'usr/lib/os-release'];
const rank = (path: string): number => (osReleases.indexOf(path) + osReleases.length + 1) % (osReleases.length + 1);
const shownFiles = 50;

const systemOf = (visible: readonly VisibleFile[]): OperatingSystem | undefined =>
  visible
    .filter(({ file }) => file.os)
    .sort((a, b) => rank(a.file.path) - rank(b.file.path) || compareText(a.file.path, b.file.path))
    .at(0)?.file.os;

const fileTroubles = (visible: readonly VisibleFile[]): string[] => {
  const sentences = visible
    .flatMap(({ file }) => (file.unreadable === undefined ? [] : [`File ${quoted(file.path)} was not read: ${file.unreadable}.`]))
    .sort(compareText);
  const more = sentences.length - shownFiles;
  return more > 0 ? [...sentences.slice(0, shownFiles), `${more} more files were not read.`] : sentences;
};

const shortDigest = (digest: string): string => digest.slice(0, digest.indexOf(':') + 13);

/** The layers of the image that were analysed, and sentences on the others. */
const layersOf = (image: ImageIdentity, analyses: readonly LayerAnalysis[]): { layers: LayerAnalysis[]; troubles: string[] } => {
  const known = new Map(analyses.map((analysis) => [analysis.digest, analysis]));
  const layers = image.layers.flatMap(({ digest }) => known.get(digest) ?? []);
  const missing = [...new Set(image.layers.map(({ digest }) => digest).filter((digest) => !known.has(digest)))];
  return {
    layers,
    troubles: [
      ...missing.map((digest) => `Layer ${shortDigest(digest)} is missing.`),
      ...[...new Set(layers)].flatMap(({ digest, troubles }) => troubles.map((trouble) => `Layer ${shortDigest(digest)}: ${trouble}.`)),
    ],
  };
};

/**
 * The layers of an image laid over each other, from the bottom to the top: what was removed or replaced is gone, and each package
 * is there once. The same analyses give the same bytes, in whatever order they come.
 */
export const mergeLayers = (image: ImageIdentity, analyses: readonly LayerAnalysis[], analyser: string): ImageInventory => {
  const { layers, troubles } = layersOf(image, analyses);
  const { visible, follow } = overlay(layers);
  const os = systemOf(visible);
  return {
    schemaVersion: 1,
    analyser,
    image,
    ...(os ? { os } : {}),
    packages: gatherPackages(visible, follow),
    troubles: [...troubles, ...fileTroubles(visible)],
  };
};
