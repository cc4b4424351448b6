import { Command, CommanderError, Option } from 'commander';
import type { Failure } from '../core/failure.ts';
import { failureCodes } from '../core/failure.ts';
import { vantages } from '../core/finding.ts';
import { severities } from '../core/outcome.ts';
import type { Answer } from './answer.ts';
import { conformanceOptionsOf } from './conformance-flags.ts';
import { gateOf, waitSeconds } from './gate-anywhere.ts';
import { anyOf, chainHead, eachPath, listOption, path, percentage, portNumber, repeated, seconds, sequence, texts } from './options.ts';
import { registerRemote } from './remote/register.ts';
import { sbomOptionsOf } from './sbom-options.ts';
import { sbomScanOptionsOf, sbomScopeOptionsOf } from './sbom-scan-options.ts';
import type { ExitStatus, Terminal } from './terminal.ts';
import { vulnerabilityCommandsOf } from './vulnerabilities-options.ts';

type Action<O> = (options: O, terminal: Terminal) => Promise<Answer>;

const defaultImage = 'docker.io/library/busybox:1.37';
const defaultProbeImage = 'docker.io/library/node:24-slim';
const formats = ['pdf', 'csv', 'json', 'sarif', 'junit', 'oscal'] as const;
const comparisonFormats = ['pdf', 'csv', 'json'] as const;
const evaluationFormats = ['pdf', 'csv', 'json'] as const;
const kinds = ['configuration', 'penetration', 'conformance', 'sbom'] as const;

const kindOption = (choices: readonly string[] = kinds) =>
  new Option('--kind <kind>', 'kind of scan').choices([...choices]).default('configuration');
const vantageOption = () =>
  new Option('--vantage <list>', 'penetration: from where to look, external, internal (from one short-lived pod) or both')
    .argParser(anyOf(vantages))
    .default(['external'], 'external');

const connectionOptions = (command: Command): Command =>
  command
    .option('--kubeconfig <file>', 'kubeconfig to use; else $KUBECONFIG, ~/.kube/config, or the pod’s own service account')
    .option('--context <name>', 'context of the kubeconfig; else its current one')
    .option('--cluster-name <name>', 'name of the cluster in reports; else the one in the kubeconfig')
    .option('--request-timeout <seconds>', 'time limit of one request', seconds, 30);

/** What every command ends with, beside its own 0 and 1. */
const exitHelp = (zero: string, one?: string, two = 'could not do it; the reason is on standard error'): string => `
Exit status:
  0    ${zero}${one === undefined ? '' : `\n  1    ${one}`}
  2    ${two}
  130  stopped by Ctrl-C or SIGTERM
`;

const scanHelp = `${exitHelp(
  'nothing failed at or above --fail-on, and enough was decided',
  'something failed at or above --fail-on',
  'could not scan, or fewer controls were decided than --min-coverage',
)}
Files in --out: report.pdf, report.csv, report.json, report.sarif, report.junit.xml, report.oscal.json, as far as --format asks for them; written whole or not at all.
A report.json of the same cluster and kind that is already there is the previous scan: it is compared with. Reports that are there are kept as report.<time>.*.

A configuration scan reads and changes nothing. With --node-facts it also starts one short-lived pod per node, which it removes.
A penetration scan knocks at the ports that the cluster names (see --dry-run), and asks what nobody needs a login for; it changes nothing either. Starting
it confirms that these addresses may be knocked at. With --vantage internal it also starts one short-lived pod, which it removes.
A conformance scan runs the test suite of Kubernetes in the cluster, for minutes or hours: one pod with all rights, and whatever its tests start. Both are removed.
An SBOM scan pulls the images that run (registries must be reachable, or --image-archive) and compares their packages with stored advisories (see gatehouse
vulnerabilities update); it changes nothing.
A conformance scan's own files, e2e.log and junit_01.xml (with --mode certified also PRODUCT.yaml), go into a folder conformance.<time> in --out.
`;

const loaders = {
  scan: async () => (await import('./scan.ts')).scanCommand,
  gate: async () => gateOf,
  policyShow: async () => (await import('./policy.ts')).showPolicy,
  policyTest: async () => (await import('./policy.ts')).testPolicy,
  policyValidate: async () => (await import('./policy.ts')).validatePolicy,
  sbom: async () => (await import('./sbom.ts')).sbomCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  permissions: async () => (await import('./permissions.ts')).permissionsCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  record: async () => (await import('./record.ts')).recordCommand,
  cleanUp: async () => (await import('./clean-up.ts')).cleanUpCommand,
  checks: async () => (await import('./checks.ts')).checksCommand,
  vulnerabilitiesUpdate: async () => (await import('./vulnerabilities.ts')).updateVulnerabilities,
  vulnerabilitiesShow: async () => (await import('./vulnerabilities.ts')).showVulnerabilities,
  serve: async () => (await import('./serve/index.ts')).serveCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
};

/** Builds the command line; `run` is called with the action a command stands for. */
export const buildProgram = (version: string, run: <O>(load: () => Promise<Action<O>>, options: O) => Promise<void>): Command => {
  const program = new Command('gatehouse')
    .description('Says whether a Kubernetes cluster is configured as the CIS Benchmark asks, with reports for auditors.')
    .version(version)
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();

  sbomScanOptionsOf(conformanceOptionsOf(connectionOptions(program.command('scan').description('scan a cluster and write reports'))))
    .addOption(kindOption())
    .option('--out <folder>', 'where reports go; default gatehouse-report, or nowhere with --json', path)
    .addOption(listOption(formats).default(['pdf', 'csv', 'json'], 'pdf,csv,json'))
    .addOption(
      new Option(
        '--sarif <scope>',
        'what report.sarif holds: everything, or only open failures, for GitHub code scanning, which would alert on a pass',
      )
        .choices(['all', 'failures'])
        .default('all'),
    )
    .option('--json', 'write report.json to standard output, and nothing else there')
    .option('--quiet', 'no progress and no summary')
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity of a failure that ends with exit status 1')
        .choices([...severities, 'never'])
        .default('high'),
    )
    .option('--min-coverage <percent>', 'share of controls that must be decided, else exit status 2', percentage, 50)
    .option('--benchmark <version>', 'version of the CIS Kubernetes Benchmark; else the one for the cluster’s version')
    .option('--baseline <file>', 'report.json of the previous scan to compare with', path)
    .option('--waivers <file>', 'accepted findings (YAML)', path)
    .option('--node-facts', 'also look at files and processes on every node, by one short-lived pod each')
    .option('--node-facts-image <image>', 'image of that pod; any with a busybox shell', defaultImage)
    .option(
      '--kubelet-proxy',
      'read kubelet settings through the API server where a kubelet cannot be reached; needs nodes/proxy, a right that allows to run commands in every pod',
    )
    .option('--recording <file>', 'replay what `gatehouse record` captured instead of asking a cluster', path)
    .addOption(vantageOption())
    .option(
      '--targets <list>',
      'penetration: only these: api-server, nodes, services, ingresses, dns, metadata, addresses or networks',
      texts,
    )
    .option(
      '--allow <network>',
      'penetration: network or address that is the cluster’s too, though its nodes are elsewhere; may be repeated',
      repeated,
      [],
    )
    .option('--probe-image <image>', 'penetration: image of the pod of the internal vantage; any with Node.js', defaultProbeImage)
    .option(
      '--probe-token <file>',
      'penetration: file with the token of a low account (`kubectl create token`): what it may read and create is tried; shown to the API server only, never stored',
    )
    .option('--dry-run', 'penetration: show what would be knocked at, and send nothing but reads of the API')
    .addHelpText('after', scanHelp)
    .action((options) => run(loaders.scan, options));

  connectionOptions(program.command('gate').description('may this cluster be upgraded to that version now, and if not, why not'))
    .requiredOption('--to <version>', 'version to upgrade to, with its patch, e.g. v1.36.3')
    .option(
      '--policy <file>',
      'policy (YAML or JSON), or the name of a built-in one: live-facts, default; else the one that fits --reports',
    )
    .option('--reports <folder>', 'folder with report.json files of this cluster: scan evidence to consider', path)
    .option('--waivers <file>', 'accepted checks and findings (YAML)', path)
    .option('--previous <file>', 'an earlier evaluation.json, to say what changed since', path)
    .option('--out <folder>', 'also write the evaluation there, into a folder named after its id', path)
    .addOption(listOption(evaluationFormats, ', with --out').default(evaluationFormats, evaluationFormats.join()))
    .option('--helm-releases', 'also look into the Secrets in which Helm keeps its releases')
    .option(
      '--server <url>',
      'ask this service instead of the cluster: for pipelines that hold no kubeconfig; signed in, or with GATEHOUSE_TOKEN',
    )
    .option('--ca-file <file>', 'with --server: further authority to trust (PEM)', path)
    .option('--cluster <cluster>', 'with --server: the cluster by its name or id there')
    .option('--max-evidence-age <length>', 'with --server: accept no older scans, e.g. 24h; never laxer than the policy')
    .option('--wait [seconds]', 'with --server: wait for the verdict; 600 seconds when no number is given', waitSeconds)
    .option('--json', 'print the evaluation to standard output, and nothing else there')
    .option('--quiet', 'no progress and no summary')
    .addHelpText(
      'after',
      exitHelp('allowed, if with warnings', 'denied', 'could not be decided; the reason is on standard error, or in the evaluation'),
    )
    .action((options) => run(loaders.gate, options));

  const policy = program.command('policy').description('policies of the gate as files: check one, try it, begin with a built-in one');
  policy
    .command('validate')
    .description('check a policy: every mistake with its line, column and path')
    .argument('<file>', 'policy (YAML or JSON)', path)
    .option('--json', 'as JSON to standard output')
    .addHelpText('after', exitHelp('it could decide', 'it has mistakes', 'could not read it; the reason is on standard error'))
    .action((file, options) => run(loaders.policyValidate, { ...options, file }));
  policy
    .command('test')
    .description('try a policy against past evaluations: whose verdict would have been another, and why')
    .argument('<file>', 'policy (YAML or JSON), or the name of a built-in one: live-facts, default', path)
    .requiredOption('--evaluations <folder>', 'what `gatehouse gate --out` wrote: one evaluation, or a folder of many', path)
    .option('--json', 'as JSON to standard output')
    .addHelpText('after', exitHelp('every verdict would have been the same', 'a verdict would have been another'))
    .action((file, options) => run(loaders.policyTest, { ...options, file }));
  policy
    .command('show')
    .description('print the document of a built-in policy')
    .argument('<name>', 'live-facts or default')
    .addHelpText('after', exitHelp('printed'))
    .action((name) => run(loaders.policyShow, { name }));

  sbomOptionsOf(
    program.command('sbom').description('what an image is made of: SPDX, CycloneDX or Syft JSON to standard output; no cluster needed'),
  )
    .addHelpText(
      'after',
      exitHelp('the document is written', undefined, 'could not read the image, or not all of its layers; the reason is on standard error'),
    )
    .action((image, options) => run(loaders.sbom, image === undefined ? options : { ...options, image }));

  program
    .command('demo')
    .description('scan an embedded cluster twice: no cluster needed')
    .option('--out <folder>', 'where reports go', path, 'gatehouse-demo')
    .addHelpText('after', exitHelp('two scans and their reports are there, whatever they found'))
    .action((options) => run(loaders.demo, options));

  program
    .command('compare')
    .description('what is new, resolved, persisting or not comparable between two reports')
    .argument('<base.json>', 'the earlier report')
    .argument('<head.json>', 'the later report')
    .option('--json', 'write the comparison as JSON to standard output')
    .option('--out <folder>', 'also write comparison.pdf, comparison.csv and comparison.json there', path)
    .addOption(listOption(comparisonFormats, ', with --out').default(comparisonFormats, comparisonFormats.join()))
    .addOption(
      new Option('--fail-on-new <severity>', 'exit status 1 when there is a new failure at or above this severity').choices(severities),
    )
    .addHelpText('after', exitHelp('compared', 'there is a new failure at or above --fail-on-new'))
    .action((base, head, options) => run(loaders.compare, { ...options, base, head }));

  program
    .command('verify')
    .description('check sealed evidence offline: signatures, chain, and every file')
    .argument('<path>', 'folder that evidence was downloaded to, of one scan, a cluster, or everything; or s3://bucket/prefix', path)
    .option(
      '--key <file>',
      'public key you trust (PEM), may be repeated; else public-key.pem in the folder, which shows integrity, not origin',
      eachPath,
    )
    .option('--cluster <id>', 'only the chain of this cluster')
    .option('--head <sequence[:sha256]>', 'newest manifest known to exist: an earlier end of the chain does not fit', chainHead)
    .option('--from-sequence <number>', 'first manifest that is here, when retention removed earlier ones', sequence)
    .option('--json', 'as JSON to standard output')
    .addHelpText(
      'after',
      exitHelp(
        'everything fits',
        'something does not fit; the first such thing is named',
        'could not verify; the reason is on standard error',
      ),
    )
    .action((folder, options) => run(loaders.verify, { ...options, path: folder }));

  sbomScopeOptionsOf(program.command('permissions'))
    .description('the exact roles, accounts and bindings a scan, or the gate, needs, as YAML to apply')
    .addOption(kindOption([...kinds, 'gate']))
    .option('--helm-releases', 'gate: also what --helm-releases needs')
    .addOption(vantageOption())
    .option('--node-facts', 'also what --node-facts needs')
    .option(
      '--token-secrets',
      'also the right to list Secrets, which two manual controls use for names of token Secrets; leave it out unless you need them',
    )
    .option('--kubelet-proxy', 'also nodes/proxy, for --kubelet-proxy; read the warning first')
    .addHelpText('after', exitHelp('printed'))
    .action((options) => run(loaders.permissions, options));

  sbomScopeOptionsOf(
    connectionOptions(program.command('doctor').description('which of those rights are there, and what would stay unknown without them')),
  )
    .addOption(kindOption([...kinds, 'gate']))
    .option('--helm-releases', 'gate: also what --helm-releases needs')
    .addOption(vantageOption())
    .option('--node-facts', 'also what --node-facts needs')
    .option('--json', 'as JSON to standard output')
    .addHelpText('after', exitHelp('every right is there, and kubelets answer', 'something is missing'))
    .action((options) => run(loaders.doctor, options));

  connectionOptions(program.command('record').description('capture the API reads of a scan into one redacted file, for `scan --recording`'))
    .addOption(kindOption(['configuration']))
    .requiredOption('--out <file>', 'file to write', path)
    .option('--node-facts', 'also look at files and processes on every node')
    .option('--node-facts-image <image>', 'image of that pod; any with a busybox shell', defaultImage)
    .option('--quiet', 'no progress')
    .addHelpText('after', exitHelp('recorded'))
    .action((options) => run(loaders.record, options));

  connectionOptions(program.command('clean-up').description('remove pods and namespaces that an interrupted scan left behind'))
    .option('--all', 'also what is young enough to belong to a scan that still runs')
    .addHelpText('after', exitHelp('nothing is left'))
    .action((options) => run(loaders.cleanUp, options));

  program
    .command('checks')
    .description('the catalogue: every check with its severity, kinds of evidence and controls, and every probe of the penetration scan')
    .option('--json', 'as JSON')
    .addOption(
      new Option('--kind <list>', 'comma-separated: configuration, penetration')
        .argParser(anyOf(['configuration', 'penetration']))
        .default(['configuration', 'penetration'], 'all'),
    )
    .option('--benchmark <version>', 'version of the CIS Kubernetes Benchmark', '2.0.1')
    .addHelpText('after', exitHelp('printed'))
    .action((options) => run(loaders.checks, options));

  program
    .command('serve')
    .description('run the service on this machine: projects, schedules, durable scans, sealed reports, HTTP API')
    .option('--data <folder>', 'where everything is kept', path, 'gatehouse-data')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 for any that is free', portNumber, 7440)
    .option('--host-name <name>', 'name under which it is reached besides loopback; may be repeated', repeated, [])
    .option('--allow <network>', 'networks or addresses that clusters may be at (default: private networks); may be repeated', repeated, [])
    .option(
      '--allow-special <address>',
      'loopback or link-local addresses that are meant, e.g. 127.0.0.1 for a cluster on this machine; may be repeated',
      repeated,
      [],
    )
    .option(
      '--webhook-host <host>',
      'host that webhooks may point to, `hooks.example.com` or `*.example.com`; may be repeated',
      repeated,
      [],
    )
    .option('--issuer <url>', 'OpenID Connect issuer that people sign in with; without one only tokens are taken')
    .option('--client-id <id>', 'client id of Gatehouse at that issuer')
    .option('--audience <audience>', 'what tokens must be made for; else the client id')
    .option('--admin <subject>', 'subject at that issuer who is tenant admin; may be repeated', repeated, [])
    .option('--new-token', 'make another token for the local administrator')
    .addHelpText('after', exitHelp('stopped by Ctrl-C or SIGTERM'))
    .action((options) => run(loaders.serve, options));

  program
    .command('backup')
    .description('copy everything of a data folder into one file, while the service runs')
    .option('--data <folder>', 'data folder of `gatehouse serve`', path, 'gatehouse-data')
    .requiredOption('--out <file>', 'file to write, e.g. gatehouse.tar.gz; holds secrets and keys, so only you can read it', path)
    .addHelpText('after', exitHelp('the backup is there, whole'))
    .action((options) => run(loaders.backup, options));

  program
    .command('restore')
    .description('make a data folder from a backup: every file is checked, and it is made whole or not at all')
    .argument('<file>', 'what `gatehouse backup` wrote', path)
    .requiredOption('--data <folder>', 'folder to make; not there yet, or empty', path)
    .addHelpText('after', exitHelp('the folder is there, and can be served'))
    .action((file, options) => run(loaders.restore, { ...options, file }));

  const advisories = vulnerabilityCommandsOf(program);
  advisories.update
    .addHelpText('after', exitHelp('everything is there', 'an ecosystem could not be updated; what was stored of it stays'))
    .action((options) => run(loaders.vulnerabilitiesUpdate, options));
  advisories.show.addHelpText('after', exitHelp('printed')).action((options) => run(loaders.vulnerabilitiesShow, options));

  registerRemote(program, run);
  return program;
};

const allCommands = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(allCommands)];

const complain = (terminal: Terminal, { say }: Failure): void => terminal.err(`gatehouse: ${say}\n`);

/** Runs one command line (`argv` without node and script) and answers the exit status. Never throws for what a user can cause. */
export const runProgram = async (argv: readonly string[], version: string, terminal: Terminal): Promise<ExitStatus> => {
  let exit: ExitStatus = 0;
  const run = async <O>(load: () => Promise<Action<O>>, options: O): Promise<void> => {
    const answer = await (await load())(options, terminal);
    if ('exit' in answer) exit = answer.exit;
    else {
      complain(terminal, answer.failure);
      exit = failureCodes[answer.failure.code].exit;
    }
  };
  const program = buildProgram(version, run);
  for (const command of allCommands(program))
    command.configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) }).exitOverride();
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
};
