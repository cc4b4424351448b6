/** What of a value that may be secret was left in a command line. */
const removed = '(removed)';

/** The value of a flag in a command line (`--name=value` or `--name value`), the last one where it is repeated; `undefined` when it is not given or its value was not kept. */
export const flagValue = (argv: readonly string[], name: string): string | undefined => {
  const values = argv.flatMap((argument, at) => {
    const [flag, ...rest] = argument.replace(/^--?/, '').split('=');
    if (!argument.startsWith('-') || flag?.replaceAll('_', '-') !== name) return [];
    if (rest.length > 0) return [rest.join('=')];
    const next = argv[at + 1];
    return next === undefined || next.startsWith('-') ? ['true'] : [next];
  });
  const value = values.at(-1);
  return value === removed ? undefined : value;
};
