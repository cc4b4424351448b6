import { z } from 'zod';
import { flagsOrDocumentCheck } from './api-server-document.ts';
import { type Answer, needsPerson, type Words } from './flag-check.ts';

/** AuthorizationConfiguration (apiserver.config.k8s.io, KEP-3221): the authorisers, in the order they are asked. */
const AuthorizationConfiguration = z.object({
  kind: z.literal('AuthorizationConfiguration'),
  authorizers: z.array(z.object({ type: z.string() })).min(1),
});

/** A statement about the authorisers: those in `--authorization-mode`, or in the file that is given instead. */
export const authorizationCheck = (words: Words, judge: (modes: readonly string[]) => Answer) =>
  flagsOrDocumentCheck({
    ...words,
    flag: 'authorization-config',
    schema: AuthorizationConfiguration,
    byFlags: (settings, _instance, hasFile) => (hasFile ? undefined : judge(settings.list('authorization-mode', ['AlwaysAllow']))),
    byFile: ({ authorizers }) => {
      const modes = authorizers.map(({ type }) => type);
      return { ...judge(modes), found: [{ looked: 'authorizers', found: modes.join(', ') }] };
    },
    lookInto: (path) =>
      needsPerson(
        `The authorisers are named in the file ${path}.`,
        `Look at the list \`authorizers\` in ${path} on the control-plane nodes.`,
      ),
  });
