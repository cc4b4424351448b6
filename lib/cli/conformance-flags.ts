import { type Command, InvalidArgumentError, Option } from 'commander';
import { failed } from '../core/failure.ts';
import { repeated } from './options.ts';

// Loaded by every command line: nothing here may import a scanner.

const modes = ['quick', 'non-disruptive', 'certified', 'custom'] as const;

/** Options of a conformance scan as the command line has them. */
export interface ConformanceFlags {
  readonly mode?: (typeof modes)[number];
  readonly focus?: string;
  readonly skip?: string;
  readonly conformanceImage?: string;
  readonly registry?: string;
  readonly outputImage?: string;
  readonly pullSecret?: readonly string[];
  readonly timeLimit?: number;
}

const filled = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
};

const minutes = (text: string): number => {
  const number = Number(text);
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > 360)
    throw new InvalidArgumentError('It must be a number of minutes from 1 to 360.');
  return number;
};

/** Adds them to a command. */
export const conformanceOptionsOf = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--mode <mode>',
        'conformance: quick (one test), non-disruptive (default), certified (also tests that disturb the cluster), or custom with --focus and --skip',
      ).choices(modes),
    )
    .option('--focus <expression>', 'conformance: tests to run, as a regular expression over their names', filled)
    .option('--skip <expression>', 'conformance: tests to leave out', filled)
    .option('--conformance-image <image>', 'conformance: image of the suite; else the release’s own for the version of the cluster', filled)
    .option('--registry <registry>', 'conformance: mirror that images of the suite and of its tests come from', filled)
    .option('--output-image <image>', 'conformance: image of the container that hands the files over; any with a busybox shell', filled)
    .option('--pull-secret <name>', 'conformance: Secret of its namespace that images are pulled with; may be repeated', repeated)
    .option('--time-limit <minutes>', 'conformance: minutes after which the suite is given up; else 360', minutes);

/** The same as scanner and API take it; undefined when nothing was said. */
export const conformanceChoice = (flags: ConformanceFlags) => {
  const { mode, focus, skip, conformanceImage: image, registry, outputImage, pullSecret: pullSecrets, timeLimit: limitMinutes } = flags;
  const given = Object.entries({ mode, focus, skip, image, registry, outputImage, pullSecrets, limitMinutes }).filter(
    ([, value]) => value !== undefined,
  );
  return given.length === 0
    ? undefined
    : (Object.fromEntries(given) as {
        readonly mode?: (typeof modes)[number];
        readonly focus?: string;
        readonly skip?: string;
        readonly image?: string;
        readonly registry?: string;
        readonly outputImage?: string;
        readonly pullSecrets?: readonly string[];
        readonly limitMinutes?: number;
      });
};

/** The failure of a focus or a skip beside a mode that has its own; a mistake is better told than ignored. */
export const contradictoryFlags = ({ mode, focus, skip }: ConformanceFlags) =>
  mode === undefined || mode === 'custom' || (focus === undefined && skip === undefined)
    ? undefined
    : failed('input-invalid', `--focus and --skip choose tests themselves, and so does --mode ${mode}; leave one of them out.`);

/** Options that were given, as the user writes them. */
export const givenConformanceFlags = (flags: ConformanceFlags): readonly string[] => {
  const { mode, focus, skip, conformanceImage, registry, outputImage, pullSecret, timeLimit } = flags;
  const given = {
    '--mode': mode,
    '--focus': focus,
    '--skip': skip,
    '--conformance-image': conformanceImage,
    '--registry': registry,
    '--output-image': outputImage,
    '--pull-secret': pullSecret,
    '--time-limit': timeLimit,
  };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
};
