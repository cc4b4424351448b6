import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { mostFileBytes } from './junit.ts';

// The second container of the pod prints the suite's files into its log, and this reads them back: a line that tells size and SHA-256, numbered lines of the gzipped file, a line
// at the end. Every line carries the nonce of the run, which nothing but the pod's own manifest knows; a log that was rotated, cut, mixed or forged is told from a whole one.

export const mark = 'gatehouse-file';
const progressMark = 'gatehouse-passed';
/** Characters in a line; container runtimes cut lines of 16 KiB in two. */
export const lineLength = 8_000;
/** Bytes of a log that are asked for at most. */
export const longestDelivery = 48 * 1_048_576;

export const fileNames = ['e2e.log', 'junit_01.xml'] as const;
export type FileName = (typeof fileNames)[number];

/** A file as it arrived: proven, and still packed. */
export interface Delivered {
  readonly text: string;
  /** Gzipped, in base64. */
  readonly packed: string;
}

const broken = (name: FileName, why: string) => failed('answer-invalid', `${name} did not come out of the cluster whole: ${why}.`);

const readOne = (name: FileName, lines: readonly (readonly string[])[]): Result<Delivered> => {
  const own = lines.filter(([, , file]) => file === name);
  const begins = own.filter(([, , , what]) => what === 'begin');
  const ends = own.filter(([, , , what]) => what === 'end');
  const [begin] = begins;
  const [end] = ends;
  if (!begin || begins.length > 1) return broken(name, begin ? 'it begins twice' : 'its beginning is missing');
  if (!end || ends.length > 1) return broken(name, end ? 'it ends twice' : 'its end is missing');
  const pieces = own.filter(([, , , what]) => what !== 'begin' && what !== 'end');
  if (pieces.length !== Number(end[4]) || pieces.some(([, , , at], index) => Number(at) !== index))
    return broken(name, 'lines are missing');
  const size = Number(begin[4]);
  if (!Number.isSafeInteger(size) || size < 0 || size > mostFileBytes) return broken(name, 'it is larger than any such file is');
  const packed = pieces.map(([, , , , text]) => text ?? '').join('');
  let bytes: Buffer;
  try {
    bytes = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: size + 1 });
  } catch {
    return broken(name, 'it cannot be unpacked');
  }
  if (bytes.length !== size) return broken(name, `it has ${bytes.length} bytes instead of ${size}`);
  if (createHash('sha256').update(bytes).digest('hex') !== begin[5]) return broken(name, 'its SHA-256 does not fit');
  return succeed({ text: bytes.toString('utf8'), packed });
};

/** Reads the files out of a log. */
export const readDelivery = (log: string, nonce: string): Readonly<Record<FileName, Result<Delivered>>> => {
  const start = `${mark} ${nonce} `;
  const lines = log.split('\n').flatMap((line) => (line.startsWith(start) ? [line.trimEnd().split(' ')] : []));
  return { 'e2e.log': readOne('e2e.log', lines), 'junit_01.xml': readOne('junit_01.xml', lines) };
};

/** How many tests had passed when the second container last said so. */
export const readPassed = (log: string, nonce: string): number => {
  const line = log.split('\n').findLast((one) => one.startsWith(`${progressMark} ${nonce} `));
  const passed = Number(line?.split(' ')[2]);
  return Number.isSafeInteger(passed) && passed > 0 ? passed : 0;
};

/**
 * What the second container runs: tells how many tests have passed, waits until the suite has written its last file, then prints the others. The suite prints a dot for a test that passed and no end of line, and what has no
 * end does not come into a container's log; in its file it is there at once. The JUnit file comes last, because a log that is too long loses its beginning.
 */
export const deliveryScript = `set -u
cd /tmp/results
turn=0; last=0
while [ ! -f done ]; do
  sleep 1
  turn=$((turn + 1))
  if [ $((turn % 5)) = 0 ] && [ -f e2e.log ]; then
    passed=$(awk '/^[S•P]+$/ || /^• \\[[0-9.]+ seconds\\]/ { passed += gsub(/•/, "") } END { print passed + 0 }' e2e.log)
    [ "$passed" = "$last" ] || echo "${progressMark} $NONCE $passed"
    last=$passed
  fi
done
for file in ${fileNames.join(' ')}; do
  [ -f "$file" ] || continue
  echo "${mark} $NONCE $file begin $(($(wc -c < "$file"))) $(sha256sum < "$file" | cut -d ' ' -f 1)"
  gzip -c "$file" | base64 | tr -d '\\n' | fold -w ${lineLength} | awk -v start="${mark} $NONCE $file" '{ print start, NR - 1, $0 } END { print start, "end", NR }'
done
`;
