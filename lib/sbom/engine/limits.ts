const mebibyte = 1024 * 1024;

/** What one layer may cost at most. Beyond a limit reading ends, and the analysis says so. */
export interface LayerLimits {
  readonly mostUnpackedBytes: number;
  /** Unpacked bytes for one packed byte, judged once `ratioFromBytes` are unpacked: a file of zeros is no bomb yet. */
  readonly mostRatio: number;
  readonly ratioFromBytes: number;
  readonly mostEntries: number;
  /** Long names and PAX records in front of one entry. */
  readonly mostHeaderBytes: number;
  /** Size of everything that is kept of the layer, as JSON. */
  readonly mostKeptBytes: number;
  /** Longest wait for the next bytes. */
  readonly idleMs: number;
  readonly mostMs: number;
}

/** Far above what real images need: the largest layers of machine learning images unpack to some 15 GiB, in half a million entries. */
export const layerLimits: LayerLimits = {
  mostUnpackedBytes: 48 * 1024 * mebibyte,
  mostRatio: 200,
  ratioFromBytes: 1024 * mebibyte,
  mostEntries: 2_000_000,
  mostHeaderBytes: mebibyte,
  mostKeptBytes: 128 * mebibyte,
  idleMs: 60_000,
  mostMs: 30 * 60_000,
};

/** Why a layer was not read to its end, as a sentence without a full stop. */
export class LayerTrouble extends Error {}

/** A name out of an image, safe to show: one line, without control characters, not endless. */
export const quoted = (name: string): string => {
  const escaped = JSON.stringify(name).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped.length > 200 ? `${escaped.slice(0, 200)}…"` : escaped;
};
