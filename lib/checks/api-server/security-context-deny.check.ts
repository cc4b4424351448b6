import { apiServerCheck, runsPlugin } from '../shared/api-server.ts';
import { fails, holds } from '../shared/flag-check.ts';

/** Last Kubernetes 1.x minor that has the plugin. */
const lastMinor = 29;

export const securityContextDeny = apiServerCheck(
  {
    id: 'api-server/security-context-deny',
    title: 'Admission refuses pods with escalating security contexts',
    severity: 'low',
    why: 'Where neither this plugin nor a pod policy stands in the way, whoever may create pods may choose their users and privileges.',
    repair:
      'Put every namespace under Pod Security Admission and waive this finding; the plugin SecurityContextDeny is deprecated, refuses good settings too, and is gone from Kubernetes 1.30.',
  },
  (settings, { source, version }) => {
    if (version !== undefined && version.minor > lastMinor) {
      settings.note({ source, looked: 'version', found: version.text });
      return { outcome: 'not-applicable', message: 'Kubernetes 1.30 and later has no plugin SecurityContextDeny.' };
    }
    return runsPlugin(settings, 'SecurityContextDeny', false)
      ? holds('The admission plugin SecurityContextDeny runs.')
      : fails('The admission plugin SecurityContextDeny does not run.');
  },
);
