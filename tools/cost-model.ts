// What a deployment costs a month: counted operations × list prices. Pure; tools/costs.ts writes the page.
import priceList from './prices.json' with { type: 'json' };

export type Price = keyof typeof priceList.prices;
/** How much of each thing that has a price. */
export type Amounts = Readonly<Partial<Record<Price, number>>>;

export const daysPerMonth = 365 / 12;
export const minutesPerMonth = daysPerMonth * 24 * 60;
const gb = 1024 ** 3;

export const scaled = (amounts: Amounts, times: number): Amounts =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount * times]));
export const summed = (parts: readonly Amounts[]): Amounts => {
  const sum: Partial<Record<Price, number>> = {};
  for (const part of parts) for (const [name, amount] of Object.entries(part) as [Price, number][]) sum[name] = (sum[name] ?? 0) + amount;
  return sum;
};
export const priceOf = (amounts: Amounts): number =>
  (Object.entries(amounts) as [Price, number][]).reduce((total, [name, amount]) => total + amount * priceList.prices[name].perUnit, 0);

/** One run of one kind. */
export interface Run {
  /** Durable operations, without looking again. */
  readonly operations: number;
  /** How often it looks whether the scanner is done. Whether AWS bills each look as an operation is not known: the table shows both. */
  readonly looks: number;
  /** Seconds in which a function of 1,769 MB runs, waits not included. */
  readonly seconds: number;
  /** Objects written, and read. */
  readonly objects: number;
  readonly reads: number;
  /** Bytes of evidence. */
  readonly bytes: number;
}
export interface Fleet {
  readonly clusters: number;
  /** Runs of each kind per cluster and month. */
  readonly runs: Readonly<Record<string, number>>;
  /** API calls per cluster and month, by people and pipelines. */
  readonly apiCalls: number;
  /** Events that a webhook is told of, for each run. */
  readonly deliveriesPerRun: number;
  /** Months for which evidence is kept. */
  readonly months: number;
}

/** What every run does, whatever its kind: see docs/costs.md for where each number comes from. */
const everyRun: Amounts = {
  dynamoWrite: 53,
  dynamoRead: 32,
  kmsRequest: 3,
  kmsSignature: 1,
  secretCall: 5,
  event: 3,
  logGb: 6_000 / gb,
  durableGbWritten: 20_000 / gb,
  durableGbMonth: (20_000 / gb) * (14 / daysPerMonth),
};

export const amountsOfRun = (run: Run, areLooksBilled: boolean): Amounts =>
  summed([
    everyRun,
    {
      // one invocation begins it, and one more each time it wakes up to look
      lambdaRequest: 1 + run.looks,
      lambdaGbSecond: run.seconds * (1769 / 1024),
      durableOperation: run.operations + (areLooksBilled ? run.looks : 0),
      s3Put: run.objects,
      s3Get: run.reads,
      s3Transition: run.objects,
    },
  ]);

/** What lies there once evidence has been kept for its whole time: a month in Standard, three in Infrequent Access, the rest in Glacier Instant Retrieval. */
export const storage = (bytesPerMonth: number, months: number): Amounts => ({
  s3StandardGbMonth: (bytesPerMonth / gb) * Math.min(months, 1),
  s3InfrequentGbMonth: (bytesPerMonth / gb) * Math.min(Math.max(months - 1, 0), 3),
  s3GlacierGbMonth: (bytesPerMonth / gb) * Math.max(months - 4, 0),
});

/** What is there with no cluster at all. Every minute the 16 shards of the due index are read, and by upkeep the projects, the open scans and its turn, half a unit each. */
export const fixed: Amounts = {
  kmsKeyMonth: 2,
  alarmMonth: 17,
  metricMonth: 5,
  dashboardMonth: 1,
  lambdaRequest: minutesPerMonth,
  lambdaGbSecond: minutesPerMonth * 0.2,
  dynamoRead: minutesPerMonth * (16 + 3) * 0.5,
  logGb: (minutesPerMonth * 1_000) / gb,
};

/** One event sent to one webhook at the first try: a function of 512 MB for half a second, two steps, its record read and written, its secret opened. */
const delivery: Amounts = {
  lambdaRequest: 1,
  lambdaGbSecond: 0.25,
  durableOperation: 2,
  durableGbWritten: 3_000 / gb,
  durableGbMonth: (3_000 / gb) * (3 / daysPerMonth),
  dynamoRead: 2,
  dynamoWrite: 1,
  secretCall: 1,
  kmsRequest: 1,
  logGb: 500 / gb,
};

/** A call of the API: a function of 1 GB for 60 ms, the caller's token and roles read, an answer logged. */
const apiCall: Amounts = {
  apiRequest: 1,
  lambdaRequest: 1,
  lambdaGbSecond: 0.06,
  dynamoRead: 6,
  dynamoWrite: 0.3,
  logGb: 700 / gb,
};

/** A cluster that is registered: a secret, and 200 kB of records for each year of history. */
const cluster: Amounts = { secretMonth: 1, dynamoGbMonth: 200_000 / gb };

export const amountsOfMonth = (
  fleet: Fleet,
  kinds: Readonly<Record<string, Run>>,
  areLooksBilled: boolean,
): Readonly<Record<string, Amounts>> => {
  const each = Object.entries(fleet.runs).map(([kind, runs]) => {
    const run = kinds[kind];
    if (!run) throw new Error(`no such kind: ${kind}`);
    return { amounts: scaled(amountsOfRun(run, areLooksBilled), runs), bytes: run.bytes * runs };
  });
  const bytes = each.reduce((total, one) => total + one.bytes, 0);
  const runs = Object.values(fleet.runs).reduce((total, one) => total + one, 0);
  return {
    'always there': fixed,
    scans: scaled(summed(each.map(({ amounts }) => amounts)), fleet.clusters),
    evidence: scaled(storage(bytes, fleet.months), fleet.clusters),
    webhooks: scaled(delivery, fleet.clusters * runs * fleet.deliveriesPerRun),
    'clusters (secrets, records)': scaled(cluster, fleet.clusters),
    'API calls': scaled(apiCall, fleet.clusters * fleet.apiCalls),
  };
};
