import type { Command } from 'commander';
import { buildProgram } from '../lib/cli/program.ts';

/** What `--help` prints, at one width on every machine. */
const helpOf = (command: Command): string => {
  let text = '';
  command.configureOutput({ writeOut: (piece) => (text += piece), getOutHelpWidth: () => 120, getOutHasColors: () => false }).outputHelp();
  return text.trimEnd();
};

const nameOf = (command: Command): string => (command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name());

const sectionOf = (command: Command, depth: number): string => {
  const own = command.commands.length > 0 ? `${command.description()}\n` : `\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;
  return [`${'#'.repeat(depth)} ${nameOf(command)}\n\n${own}`, ...command.commands.map((inner) => sectionOf(inner, depth + 1))].join('\n');
};

const introduction = `# Command line

Commands of the first group work on your own machine with your own kubeconfig. The others ask a service over its API (\`--server\`), which
\`gatehouse serve\` runs on one machine and \`npx cdk deploy\` in AWS.

## Signing in

\`gatehouse login --server URL\` asks the service how people sign in there. With an identity provider it shows a code to confirm in any browser (RFC 8628); where the
provider has no such codes it shows an address to open in a browser of this machine (authorization code with PKCE, RFC 8252). Without a provider it reads an API token, in a
terminal or from standard input: \`gatehouse login --server http://127.0.0.1:7440 --token - < token.txt\`. What comes of it is tried, and then kept in
\`~/.config/gatehouse/credentials.json\` (\`$XDG_CONFIG_HOME\` holds), a file that only its owner may read; one that others can read is refused.

| variable | meaning |
| --- | --- |
| \`GATEHOUSE_SERVER\` | the service, instead of \`--server\`; when neither is given and you are signed in at one service only, it is that one |
| \`GATEHOUSE_TOKEN\` | an API token, used instead of the stored sign-in: for pipelines |
| \`GATEHOUSE_CA_FILE\`, \`NODE_EXTRA_CA_CERTS\` | further authorities to trust (PEM), instead of \`--ca-file\` |
| \`HTTPS_PROXY\`, \`NO_PROXY\` | the way out; never used for this machine itself |

## What all commands share

* Projects, clusters, teams, roles, users, tokens and webhooks go by name or by id. Letter case does not matter. A scan goes by its id, or is the latest one that fits.
* Tables are for people and show times of this machine's zone. \`--json\` prints what the API answers, in UTC. Lists have pages; \`--all\` reads all of them.
* A change is made to what you would see now: when somebody else changes it in between, it is refused and nothing is overwritten.
* Reads are repeated when the service is busy or cannot be reached for a moment; so is what makes something, under a key by which the service does it once.

| exit status | meaning |
| --- | --- |
| 0 | done |
| 1 | done, and the answer is bad: \`scan\`, \`scans run --wait\` and \`scans wait\` found failures at or above \`--fail-on\`, \`verify\` found what does not fit, \`webhooks test\` was not taken, \`policy validate\` found mistakes, \`policy test\` and \`policies test\` found a verdict that would be another |
| 2 | could not do it, or a scan ended without saying enough: it failed, timed out, was cancelled or skipped, or decided fewer controls than \`--min-coverage\` |
| 130 | stopped by Ctrl-C or SIGTERM; a scan of the service that was waited for goes on |

`;

/** The page about every command. */
export const cliPage = (): string =>
  `<!-- written by \`npm run docs\`; do not edit -->\n${introduction}${buildProgram('', async () => undefined)
    .commands.map((command) => sectionOf(command, 2))
    .join('\n')}`;
