import { type Command, Option } from 'commander';
import { path, repeated } from '../../options.ts';
import { type Group, inProject, pagedInProject } from './spec.ts';

const load = () => import('../actions/connections.ts');
const loadTrust = () => import('../actions/trust.ts');

/** As lib/fleet/connection.ts knows them; nothing of a schema is loaded here. */
const systems = ['github', 'gitlab', 'azure', 'tekton', 'cluster-api', 'flux', 'webhook'] as const;

const settings = (command: Command): Command =>
  command
    .option('--app-id <id>', 'github: id or client id of the App')
    .option('--api-base <url>', 'github, gitlab: address of its API')
    .option('--represented-as <who>', 'gitlab: as whom approvals are given')
    .option('--collection <url>', 'azure: collection that answers may go to; may be repeated', repeated)
    .option('--receiver <url>', 'flux: receiver that is poked after an allow')
    .option('--cluster <cluster>', 'webhook: cluster it may ask about; may be repeated', repeated)
    .option('--host <host>', 'webhook: host that answers may go to; may be repeated', repeated);
const rules = (command: Command): Command =>
  command.option('--rules <file>', 'YAML with a list `rules`: which cluster a deployment means', path);
const secretFile = (command: Command): Command =>
  command.option('--secret-file <file>', 'file with the secret that both sides know; without it one is made and shown once', path);

export const connections: Group = {
  name: 'connections',
  summary: 'release systems that ask the gate by their own protocols',
  specs: [
    {
      name: 'list',
      summary: 'connections of a project',
      routes: ['pipelines.listConnections'],
      options: pagedInProject,
      examples: ['connections list'],
      load: async () => (await load()).listConnections,
    },
    {
      name: 'show',
      summary: 'one connection: its hook, settings and rules',
      args: '<connection>',
      routes: ['pipelines.getConnection'],
      options: inProject,
      examples: ['connections show main'],
      load: async () => (await load()).showConnection,
    },
    {
      name: 'create',
      summary: 'connect a release system; the secret by which it proves who it is is shown once',
      args: '<name>',
      routes: ['pipelines.createConnection'],
      options: (command) =>
        secretFile(
          rules(
            settings(
              inProject(command).addOption(new Option('--system <system>', 'what is connected').choices(systems).makeOptionMandatory()),
            ),
          ),
        )
          .option('--credential-file <file>', 'github: private key of the App (PEM); gitlab: token of the account that approves', path)
          .option('--no-active', 'switched off'),
      examples: [
        'connections create main --system github --app-id 123456 --credential-file app.pem --rules rules.yaml',
        'connections create ci --system webhook --cluster prod-a --host ci.example.com',
      ],
      load: async () => (await load()).createConnection,
    },
    {
      name: 'update',
      summary: 'change name, settings or rules, or switch it on or off; rules and lists that are given replace those there',
      args: '<connection>',
      routes: ['pipelines.updateConnection'],
      options: (command) =>
        rules(settings(inProject(command)))
          .option('--name <name>', 'new name')
          .option('--active', 'switch it on')
          .option('--no-active', 'switch it off'),
      examples: ['connections update main --rules rules.yaml', 'connections update main --no-active'],
      load: async () => (await load()).updateConnection,
    },
    {
      name: 'delete',
      summary: 'delete a connection and its secrets',
      args: '<connection>',
      routes: ['pipelines.deleteConnection'],
      options: inProject,
      examples: ['connections delete main'],
      load: async () => (await load()).deleteConnection,
    },
    {
      name: 'replace-secret',
      summary: 'replace the secret that both sides know; the old one is good, too, until `end-old-secret`',
      args: '<connection>',
      routes: ['pipelines.replaceSecret'],
      options: (command) => secretFile(inProject(command)),
      examples: ['connections replace-secret main'],
      load: async () => (await load()).replaceSecret,
    },
    {
      name: 'end-old-secret',
      summary: 'end the secret that was replaced, once the other side knows the new one',
      args: '<connection>',
      routes: ['pipelines.endOldSecret'],
      options: inProject,
      examples: ['connections end-old-secret main'],
      load: async () => (await load()).endOldSecret,
    },
    {
      name: 'set-credential',
      summary: 'replace the private key of the GitHub App, or the token of the GitLab account',
      args: '<connection> <file>',
      routes: ['pipelines.setCredential'],
      options: inProject,
      examples: ['connections set-credential main app.pem'],
      load: async () => (await load()).setCredential,
    },
  ],
};

export const trust: Group = {
  name: 'trust',
  summary: 'jobs of GitHub and GitLab that may ask with a token of their own',
  specs: [
    {
      name: 'list',
      summary: 'trust rules of a project',
      routes: ['pipelines.listTrustRules'],
      options: pagedInProject,
      examples: ['trust list'],
      load: async () => (await loadTrust()).listTrustRules,
    },
    {
      name: 'show',
      summary: 'one trust rule',
      args: '<rule>',
      routes: ['pipelines.getTrustRule'],
      options: inProject,
      examples: ['trust show fleet'],
      load: async () => (await loadTrust()).showTrustRule,
    },
    {
      name: 'create',
      summary: 'let jobs of a repository ask about clusters',
      args: '<name>',
      routes: ['pipelines.createTrustRule'],
      options: (command) =>
        inProject(command)
          .addOption(new Option('--system <system>', 'where the jobs run').choices(['github', 'gitlab']).makeOptionMandatory())
          .option('--issuer <url>', 'issuer of the tokens; else that of github.com or gitlab.com')
          .requiredOption('--audience <text>', 'audience that the job asks its token for')
          .requiredOption('--repository-id <number>', 'numeric id of the repository or project')
          .requiredOption(
            '--claim <name=value>',
            'further claim and its exact value, such as environment or ref; may be repeated',
            repeated,
          )
          .requiredOption('--cluster <cluster>', 'cluster it may ask about; may be repeated', repeated),
      examples: [
        'trust create fleet --system github --audience https://gate.example.com --repository-id 700100200 --claim environment=production --claim ref=refs/heads/main --cluster prod-a',
      ],
      load: async () => (await loadTrust()).createTrustRule,
    },
    {
      name: 'delete',
      summary: 'delete a trust rule',
      args: '<rule>',
      routes: ['pipelines.deleteTrustRule'],
      options: inProject,
      examples: ['trust delete fleet'],
      load: async () => (await loadTrust()).deleteTrustRule,
    },
  ],
};
