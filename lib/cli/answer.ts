import type { Failure } from '../core/failure.ts';
import type { ExitStatus } from './terminal.ts';

/** What a command answers: its exit status, or why it could not do its work. */
export type Answer = { readonly exit: ExitStatus } | { readonly failure: Failure };
