import { z } from 'zod';
import type { ScannerPorts } from '../scanner.ts';
import type { SuiteProgress } from './facts.ts';

/** What one look tells the next: small, because it is stored between them. */
const Memory = z.object({
  /** How far the suite was: it outlives a pod that is lost, and its log with it. */
  progress: z
    .object({
      selected: z.number().optional(),
      passed: z.number(),
      failed: z.number(),
      failures: z.array(z.object({ name: z.string(), output: z.string() })),
      runId: z.string().optional(),
    })
    .optional(),
  /** When the log was read, in milliseconds since 1970. */
  readAt: z.number().optional(),
  /** Since when the cluster, or the node of the suite, has not answered. */
  silentSince: z.number().optional(),
  /** How often the files were read and were not whole. */
  broken: z.number().optional(),
});
export type Memory = Omit<z.infer<typeof Memory>, 'progress'> & { readonly progress?: SuiteProgress | undefined };

export const recall = ({ notes }: Pick<ScannerPorts, 'notes'>): Memory => {
  const read = Memory.safeParse(notes?.read());
  return read.success ? (read.data as Memory) : {};
};

/** Failures of which the output is kept between two looks. */
const mostKept = 40;

export const remember = ({ notes }: Pick<ScannerPorts, 'notes'>, memory: Memory): void => {
  const { progress } = memory;
  const failures = progress?.failures.map(({ name, output }, at) => ({ name, output: at < mostKept ? output.slice(0, 500) : '' }));
  notes?.write(progress ? { ...memory, progress: { ...progress, failures } } : memory);
};
