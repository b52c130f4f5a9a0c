import type { District } from './district.ts';

/** One line of the table. A peer that is not installed is said in `peer`; `met` is then absent. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly peer?: string;
  readonly ratio?: string;
  readonly target?: string;
  readonly met?: boolean;
}

export interface Wishes {
  /** Documents brought in. */
  readonly size: number;
  /** Resources in the console's list. */
  readonly rows: number;
  /** Documents among which one is published: more than brought in are copied in the database. */
  readonly among: number;
  /** Scheduled releases, as many of them as ten thousand a minute allow. */
  readonly releases: number;
  /** A running site whose pages are weighed instead of the district's. */
  readonly address?: string;
  /** Samples are printed with what speaks for them, to be judged by a person. */
  readonly evidence?: boolean;
}

/** What the benchmarks of one run share. */
export interface Scene extends Wishes {
  readonly say: (text: string) => void;
  /** The district with all documents, brought in when the first benchmark asks for it. */
  district(): Promise<District>;
}

export interface Bench {
  readonly name: string;
  run(scene: Scene): Promise<readonly Row[]>;
}
