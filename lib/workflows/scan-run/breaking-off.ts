import type { DurableContext, StepConfig, WaitForConditionConfig } from '@aws/durable-execution-sdk-js';
import { traceOf } from '../../core/trace.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';

/** The part of the durable context that a run uses. */
export interface Steps {
  step<T>(name: string, work: () => Promise<T>, config: StepConfig<T>): Promise<T>;
  waitForCondition<T>(name: string, look: (state: T) => Promise<T>, config: WaitForConditionConfig<T>): Promise<T>;
}

/** Of an error of a step the engine keeps name and message, as the cause of its own. */
const originOf = (error: unknown): unknown => (error instanceof Error && error.cause instanceof Error ? error.cause : error);
const isOurSentence = (error: unknown): error is Error => error instanceof Error && error.name === RetryThis.name;

/** Logs a defect where it happens, because its trace ends there: the engine keeps none. */
export const logBreak = ({ log }: Pick<ScanRunPorts, 'log'>, { scanId }: ScanRun, at: string, error: unknown): void => {
  if (!isOurSentence(error)) log('SCAN_BROKE_OFF', { scanId, at, ...traceOf(error) });
};

/** The steps of a run; a defect in one of them is logged. */
export const watched = (
  ports: Pick<ScanRunPorts, 'log'>,
  run: ScanRun,
  context: Pick<DurableContext, 'step' | 'waitForCondition'>,
): Steps => {
  const watch = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      logBreak(ports, run, name, error);
      throw error;
    }
  };
  return {
    step: async (name, work, config) => context.step(name, () => watch(name, work), config),
    waitForCondition: async (name, look, config) => context.waitForCondition(name, (state) => watch(name, () => look(state)), config),
  };
};

/** A defect between two steps, which no step has logged. */
export const isBetweenSteps = (error: unknown): boolean => originOf(error) === error;

/** What people are told of a run that broke off. What an error says may hold anything: only sentences of our own are shown. */
export const sayBrokenOff = (error: unknown, { scanId }: ScanRun): string => {
  const origin = originOf(error);
  return isOurSentence(origin)
    ? `The scan broke off: ${origin.message.slice(0, 500)}`
    : `The scan broke off because something in Gatehouse is broken; whoever runs it finds more in the log, under SCAN_BROKE_OFF and ${scanId}.`;
};
