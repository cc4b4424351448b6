import type { AnswerOf } from '../../api/index.ts';
import { Evaluation, isAllowed, type Verdict } from '../../gate/evaluation.ts';
import { evaluationSummary } from '../gate-summary.ts';
import type { ExitStatus, Terminal } from '../terminal.ts';
import { plain } from './http/problem.ts';

/** 0: go · 1: not now · 2: nobody can say. */
export const exitOf = (verdict: Verdict): ExitStatus => (isAllowed(verdict) ? 0 : verdict === 'deny' ? 1 : 2);

/** What a person reads of an answer: all of it once it is decided, the one sentence there is before. */
export const answerText = (terminal: Terminal, answer: AnswerOf<'gate.get'>): string => {
  const whole = Evaluation.safeParse(answer);
  return whole.success ? evaluationSummary(terminal, whole.data, []) : `${plain(answer.summary)}\n`;
};
