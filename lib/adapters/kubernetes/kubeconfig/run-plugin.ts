import { spawn } from 'node:child_process';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { redact } from '../../../core/redact.ts';
import type { Environment } from '../connection.ts';

export interface PluginRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
  /** Whether the plugin may use the terminal. */
  readonly interactive: boolean;
  /** Names the plugin in a sentence: `plugin aws of user me`. */
  readonly name: string;
  /** installHint of the kubeconfig; may be empty. */
  readonly hint: string;
  /** Milliseconds before it is stopped; default a minute, five when it may ask questions. */
  readonly timeoutMs?: number;
}

/** Characters of output that are read. */
const most = 2 ** 20;

/** Runs a credential plugin and gives what it printed. Its complaint is quoted when it fails, without anything that looks secret. */
export const runPlugin = ({
  command,
  args,
  env,
  interactive,
  name,
  hint,
  timeoutMs = interactive ? 300_000 : 60_000,
}: PluginRun): Promise<Result<string>> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: [interactive ? 'inherit' : 'ignore', 'pipe', interactive ? 'inherit' : 'pipe'] });
    let printed = '';
    let complaint = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.length > most) child.kill('SIGKILL');
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-4_000);
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(failed('kubeconfig-invalid', notStarted(error, name, hint)));
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      if (late) return resolve(failed('timed-out', `The ${name} did not end within ${timeoutMs / 1_000} s; run it by hand and look.`));
      if (printed.length > most)
        return resolve(failed('credential-refused', `The ${name} printed more than a credential needs; run it by hand and look.`));
      if (status !== 0)
        return resolve(
          failed(
            'credential-refused',
            `The ${name} failed (${status ?? 'killed'})${lastLine(complaint)}; log in again, or run it by hand and look.`,
          ),
        );
      resolve(succeed(printed));
    });
  });

const notStarted = (error: Error, name: string, hint: string): string => {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  const help = hint.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return `The ${name} ${isMissing ? 'is not installed' : 'cannot be started'}${help === '' ? '; install it, or put it on the PATH' : `: ${help.replace(/\.$/, '')}`}.`;
};

const lastLine = (complaint: string): string => {
  const line =
    complaint
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/\p{Cc}/gu, ' ')
      .trim() ?? '';
  return line === '' ? '' : `: ${redact(line).slice(0, 300).replace(/\.$/, '')}`;
};
