import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { LayerAnalysis } from '../core/sbom/index.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** Above the most that an analysis may hold. */
const maxBytes = 512 * 2 ** 20;

/** An analysis as it is kept: compressed JSON. */
export const packAnalysis = (analysis: LayerAnalysis): Promise<Uint8Array> => pack(JSON.stringify(analysis));

/** Reads what was kept; `undefined` for what is damaged, or is of another layer or analyser. */
export const unpackAnalysis = async (bytes: Uint8Array, digest: string, analyser: string): Promise<LayerAnalysis | undefined> => {
  try {
    const json = await unpack(bytes, { maxOutputLength: maxBytes });
    const read = LayerAnalysis.safeParse(JSON.parse(json.toString('utf8')));
    return read.success && read.data.digest === digest && read.data.analyser === analyser ? read.data : undefined;
  } catch {
    return undefined;
  }
};

/** Folder and file of an analysis: another analyser finds nothing of this one's. */
export const analysisPath = (digest: string, analyser: string): string => `layers/${analyser}/${digest.replace(':', '-')}.json.gz`;
