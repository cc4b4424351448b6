// Analyses layers and lays them over each other: node sbom-analyse-one.ts cold|known FILE LAYER...; `known` takes the analyses that `cold` left in FILE.
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import type { LayerAnalysis } from '../../lib/core/sbom/index.ts';
import { analyseLayer, analyserVersion, catalogers, mergeLayers } from '../../lib/sbom/index.ts';

const [how, file = '', ...layers] = process.argv.slice(2);
const digestOf = (index: number): string => `sha256:${String(index).padStart(64, '0')}`;
const analyse = (path: string, index: number): Promise<LayerAnalysis> =>
  analyseLayer(
    createReadStream(path, { highWaterMark: 256 * 1024 }),
    { digest: digestOf(index), mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' },
    catalogers,
    new AbortController().signal,
  );

let analyses: LayerAnalysis[] = [];
if (how === 'known') analyses = JSON.parse(readFileSync(file, 'utf8'));
else for (const [index, path] of layers.entries()) analyses.push(await analyse(path, index));
const inventory = mergeLayers(
  {
    name: 'bench',
    repository: 'bench',
    digest: digestOf(0),
    configDigest: digestOf(0),
    platform: { os: 'linux', architecture: 'amd64' },
    layers: layers.map((_, index) => ({ digest: digestOf(index), mediaType: '', size: 0 })),
  },
  analyses,
  analyserVersion,
);
if (how !== 'known') {
  writeFileSync(file, JSON.stringify(analyses));
  const unpacked = analyses.reduce((sum, { bytes }) => sum + bytes.unpacked, 0);
  writeFileSync(`${file}.numbers`, JSON.stringify({ unpacked, packages: inventory.packages.length }));
}
