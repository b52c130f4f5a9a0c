#!/usr/bin/env node
/*
 * Verifies the transparency log of a Jiyue installation from outside. One file, nothing but Node.js 18 or later: take
 * it along, read it, run it on a machine of your own.
 *
 *   node verify-transparency.mjs <网站地址> [--key 文件] [--since 文件] [--save 文件] [--path /页面.html]... [--all]
 *
 * Exit codes: 0 everything that was asked for holds, 1 something does not hold, 2 wrongly called, 3 could not be asked.
 * The formats are described in docs/operations/transparency.md.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const usage = `用法：node verify-transparency.mjs <网站地址> [选项]

  --key 文件      日志公钥（一行）。应当从别处得到；不给时取自被验证的网站本身
  --since 文件    以前保存的签名树根，验证现在的日志是它的延长
  --save 文件     验证通过后，把现在的签名树根保存到文件
  --path 地址     验证一个页面现在的内容在日志里，可以写多次
  --all           取回全部记录，重算树根，检查每一条的时间

退出码：0 全部成立，1 有不成立的，2 用法不对，3 网站没有回答
`;

/** Something does not hold. */
class Broken extends Error {}
/** Nothing can be said: the site did not answer. */
class Unanswered extends Error {}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hashLeaf = (text) => sha256(Buffer.of(0), text);
const hashNodes = (left, right) => sha256(Buffer.of(1), left, right);

// ---------------------------------------------------------------------------------------------------------------
// Merkle proofs, RFC 9162 section 2.1

function rootFromInclusion(hash, index, size, proof) {
  if (index >= size) return undefined;
  let at = index;
  let last = size - 1;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = hashNodes(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = hashNodes(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

function rootsFromConsistency(first, firstRoot, second, proof) {
  let at = first - 1;
  let last = second - 1;
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const [start, ...rest] = at === 0 ? [firstRoot, ...proof] : proof;
  if (start === undefined) return undefined;
  let [old, grown] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      old = hashNodes(sibling, old);
      grown = hashNodes(sibling, grown);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else grown = hashNodes(grown, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { old, grown } : undefined;
}

/** A tree that grows leaf by leaf and keeps only its right edge. */
class GrowingTree {
  size = 0;
  edge = [];

  add(text) {
    let hash = hashLeaf(text);
    let level = 0;
    for (let index = this.size; index % 2 === 1; index = (index - 1) / 2, level += 1)
      hash = hashNodes(this.edge[level], hash);
    this.edge[level] = hash;
    this.size += 1;
  }

  root() {
    if (this.size === 0) return sha256();
    let root;
    for (let level = 0, rest = this.size; rest > 0; level += 1, rest = Math.floor(rest / 2))
      if (rest % 2 === 1) root = root === undefined ? this.edge[level] : hashNodes(this.edge[level], root);
    return root;
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Signed heads: C2SP signed-note and tlog-checkpoint

const SM2_TYPE = Buffer.concat([Buffer.of(255), Buffer.from('sm2-sm3')]);

function parseKey(line) {
  const [origin, id, packed, ...more] = line.trim().split('+');
  const rest = [packed, ...more].join('+');
  const key = Buffer.from(rest, 'base64');
  const isEd25519 = key[0] === 1 && key.length === 33;
  const isSm2 = key.subarray(0, SM2_TYPE.length).equals(SM2_TYPE) && key.length === SM2_TYPE.length + 64;
  if (!isEd25519 && !isSm2) throw new Broken('公钥的格式不认识');
  if (sha256(`${origin}\n`, key).subarray(0, 4).toString('hex') !== id)
    throw new Broken('公钥与它的编号不符');
  const bytes = key.subarray(isEd25519 ? 1 : SM2_TYPE.length);
  return { origin, id, kind: isEd25519 ? 'Ed25519' : 'SM2', bytes };
}

function isSignedBy(key, text, signature) {
  if (key.kind === 'SM2') return verifySm2(key.bytes, Buffer.from(text), signature);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.bytes]);
  return verify(
    null,
    Buffer.from(text),
    createPublicKey({ key: der, format: 'der', type: 'spki' }),
    signature,
  );
}

/** What a signed head says, once its signature holds. */
function openCheckpoint(note, key, what) {
  const end = note.indexOf('\n\n');
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split('\n');
  if (end < 0 || !/^\d{1,15}$/.test(size ?? '') || Buffer.from(root ?? '', 'base64').length !== 32)
    throw new Broken(`${what}不是一个签名树根`);
  if (origin !== key.origin) throw new Broken(`${what}属于另一个日志：${origin}`);
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .map((line) => /^— (\S+) (\S+)$/.exec(line))
    .filter((match) => match?.[1] === key.origin)
    .map((match) => Buffer.from(match[2], 'base64'))
    .filter((bytes) => bytes.subarray(0, 4).toString('hex') === key.id);
  if (!signatures.some((bytes) => isSignedBy(key, text, bytes.subarray(4))))
    throw new Broken(`${what}的签名不成立`);
  return { note, size: Number(size), root: Buffer.from(root, 'base64') };
}

// SM2 with SM3 (GB/T 32918), for checking only: nothing here is secret, so plain arithmetic will do.
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const A = P - 3n;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const G = [
  0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
];
const modulo = (value, by) => ((value % by) + by) % by;
const number = (bytes) => BigInt(`0x${bytes.toString('hex') || '0'}`);
const bytes32 = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

function inverse(value, by) {
  let [a, b, x, y] = [modulo(value, by), by, 1n, 0n];
  while (a > 0n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return modulo(y, by);
}

function addPoints(one, other) {
  if (one === undefined) return other;
  if (other === undefined) return one;
  const [x1, y1] = one;
  const [x2, y2] = other;
  if (x1 === x2 && modulo(y1 + y2, P) === 0n) return undefined;
  const slope =
    x1 === x2 ? (3n * x1 * x1 + A) * inverse(2n * y1, P) : modulo(y2 - y1, P) * inverse(x2 - x1, P);
  const x = modulo(slope * slope - x1 - x2, P);
  return [x, modulo(slope * (x1 - x) - y1, P)];
}

function multiply(point, times) {
  let sum;
  for (let power = point; times > 0n; times >>= 1n, power = addPoints(power, power))
    if (times & 1n) sum = addPoints(sum, power);
  return sum;
}

function verifySm2(publicKey, message, signature) {
  if (signature.length !== 64) return false;
  const [r, s] = [number(signature.subarray(0, 32)), number(signature.subarray(32))];
  const point = [number(publicKey.subarray(0, 32)), number(publicKey.subarray(32))];
  const isOnCurve = modulo(point[1] ** 2n - point[0] ** 3n - A * point[0] - B, P) === 0n;
  if (!isOnCurve || r < 1n || r >= N || s < 1n || s >= N || modulo(r + s, N) === 0n) return false;
  const sm3 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest();
  const signer = sm3(Buffer.of(0, 128), '1234567812345678', ...[A, B, ...G].map(bytes32), publicKey);
  const sum = addPoints(multiply(G, s), multiply(point, modulo(r + s, N)));
  return sum !== undefined && modulo(number(sm3(signer, message)) + sum[0], N) === r;
}

// ---------------------------------------------------------------------------------------------------------------
// What a leaf may say

const KEYS = 'v,at,site,path,outcome,digest,resource,revision,first,claim';
const OUTCOMES = ['page', 'gone', 'moved', 'file', 'absent'];
const DAY_MS = 86_400_000;
/** Clocks of two machines differ by less. */
const SKEW_MS = 300_000;

function parseLeaf(text, index) {
  const fail = (why) => {
    throw new Broken(`第 ${index} 条记录${why}`);
  };
  let leaf;
  try {
    leaf = JSON.parse(text);
  } catch {
    fail('不是 JSON');
  }
  if (leaf === null || typeof leaf !== 'object' || Object.keys(leaf).join() !== KEYS || leaf.v !== 1)
    fail('的格式不认识');
  if (JSON.stringify(leaf) !== text) fail('不是规范的写法');
  for (const name of ['at', 'first']) {
    const time = leaf[name];
    if (time === null && name === 'first') continue;
    if (
      typeof time !== 'string' ||
      !Number.isFinite(Date.parse(time)) ||
      new Date(time).toISOString() !== time
    )
      fail('的时间不认识');
  }
  if (!OUTCOMES.includes(leaf.outcome) || (leaf.outcome === 'absent') !== (leaf.digest === null))
    fail('没有说清页面的状态');
  return {
    ...leaf,
    index,
    at: Date.parse(leaf.at),
    first: leaf.first === null ? null : Date.parse(leaf.first),
  };
}

/** Checks the entries in their order: the time of the log, and what is claimed about first publication. */
class History {
  firsts = new Map();
  claims = { new: 0, imported: 0, adopted: 0, late: 0 };
  began;
  last = -Infinity;

  take(leaf, now) {
    const fail = (why) => {
      throw new Broken(`第 ${leaf.index} 条记录（${leaf.path}）${why}`);
    };
    this.began ??= leaf.at;
    if (leaf.at < this.last) fail('的时间早于前一条');
    if (leaf.at > now + SKEW_MS) fail('的时间在将来');
    this.last = leaf.at;
    if ((leaf.claim === null) !== (leaf.resource === null || leaf.first === null))
      fail('没有说清首次发布时间的依据');
    if (leaf.claim === null) return;
    if (leaf.first > leaf.at + SKEW_MS) fail('声明的首次发布时间晚于它进入日志的时间');
    const known = this.firsts.get(leaf.resource);
    if (known !== undefined) {
      if (known !== leaf.first) fail('声明的首次发布时间与同一信息的第一条记录不同');
      if (leaf.claim !== 'repeated') fail('不是这条信息的第一条记录，却这样声明');
      return;
    }
    this.firsts.set(leaf.resource, leaf.first);
    const problem = claimProblem(leaf, this.began);
    if (problem !== undefined) fail(problem);
    this.claims[leaf.claim] += 1;
  }
}

function claimProblem({ claim, at, first }, began) {
  const isPrompt = at - first <= DAY_MS;
  switch (claim) {
    case 'new':
      return isPrompt ? undefined : '声明的首次发布时间比它进入日志的时间早一天以上（倒签）';
    case 'adopted':
      return first < began ? undefined : '自称早于日志开始，其实不是';
    case 'late':
      return !isPrompt && first >= began ? undefined : '自称迟到，其实不是';
    case 'imported':
      return undefined;
    default:
      return '是这条信息的第一条记录，却没有说明首次发布时间的依据';
  }
}

const beijing = (time) =>
  new Date(time + 8 * 3_600_000)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '') + '（北京时间）';

/** What the log has to say for a time of first publication. */
function tellFirst(leaf) {
  switch (leaf.claim) {
    case 'new':
      return `首次发布：${beijing(leaf.first)}，日志当时（${beijing(leaf.at)}）已收录`;
    case 'imported':
      return `首次发布：自称 ${beijing(leaf.first)}，由旧网站迁入；日志只证明自 ${beijing(leaf.at)} 起存在`;
    case 'adopted':
      return `首次发布：自称 ${beijing(leaf.first)}，早于日志开始；日志只证明自 ${beijing(leaf.at)} 起存在`;
    case 'late':
      return `首次发布：自称 ${beijing(leaf.first)}，但日志到 ${beijing(leaf.at)} 才收录，此前未经证明`;
    default:
      return `首次收录：${beijing(leaf.at)}`;
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Asking the site

const TRIES = 30;
const PAUSE_MS = 1_000;

async function ask(base, path, options = {}) {
  for (let attempt = 1; ; attempt += 1) {
    let response;
    try {
      response = await fetch(new URL(path, base), { redirect: 'manual', ...options });
    } catch (error) {
      throw new Unanswered(`${base} 没有回答：${error.cause?.code ?? error.message}`);
    }
    // A busy site is asked again; a web server in front may allow only so many questions a second.
    if (![429, 503].includes(response.status) || attempt === TRIES) return response;
    await response.arrayBuffer();
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
}

async function askText(base, path) {
  const response = await ask(base, path);
  if (response.status !== 200) throw new Unanswered(`${path} 的回答是 ${response.status}`);
  return response.text();
}

async function askJson(base, path) {
  const response = await ask(base, path);
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw new Unanswered(`${path} 的回答是 ${response.status}`);
  return response.json();
}

const hashesOf = (list) =>
  Array.isArray(list) ? list.map((text) => Buffer.from(String(text), 'base64')) : [];

function provenLeaf(told, head, path) {
  const leaf = parseLeaf(told.leaf, told.index);
  const root = rootFromInclusion(hashLeaf(told.leaf), told.index, head.size, hashesOf(told.proof));
  if (root === undefined || !root.equals(head.root)) throw new Broken(`第 ${told.index} 条记录不在日志里`);
  if (path !== undefined && leaf.path !== path) throw new Broken(`第 ${told.index} 条记录说的是另一个页面`);
  return leaf;
}

async function checkGrowth(base, old, now) {
  if (old.size > now.size) throw new Broken(`日志变短了：以前有 ${old.size} 条，现在只有 ${now.size} 条`);
  if (old.size === 0) return;
  if (old.size === now.size) {
    if (!old.root.equals(now.root)) throw new Broken('同样长度的日志，树根不同：历史被改写');
    return;
  }
  const answer = await askJson(base, `/transparency/consistency?first=${old.size}&second=${now.size}`);
  if (answer === undefined) throw new Broken('网站给不出日志延长的证明');
  const roots = rootsFromConsistency(old.size, old.root, now.size, hashesOf(answer.proof));
  if (roots === undefined || !roots.old.equals(old.root) || !roots.grown.equals(now.root))
    throw new Broken('现在的日志不是以前那一份的延长：历史被改写');
}

async function digestOfPage(base, path) {
  const response = await ask(base, encodeURI(path));
  if (response.status === 200 || response.status === 410)
    return {
      status: response.status,
      digest: sha256(Buffer.from(await response.arrayBuffer())).toString('hex'),
    };
  await response.arrayBuffer();
  if (response.status === 301)
    return { status: 301, digest: sha256(response.headers.get('location') ?? '').toString('hex') };
  if (response.status === 404) return { status: 404, digest: null };
  throw new Unanswered(`${path} 的回答是 ${response.status}`);
}

const SETTLES = 5;

/** Verifies what stands at an address now. It may be replaced while we look, so a difference is looked at again. */
async function checkPage(base, path, key, now) {
  for (let attempt = 1; ; attempt += 1) {
    const page = await digestOfPage(base, path);
    const answer = await askJson(base, `/transparency/proof?path=${encodeURIComponent(path)}`);
    if (answer === undefined && page.digest === null) throw new Broken(`${path}：没有这个页面，日志里也没有`);
    const newest = answer?.versions?.[0];
    const told = newest === undefined ? undefined : parseLeaf(newest.leaf, newest.index);
    if (told === undefined || told.digest !== page.digest) {
      if (attempt < SETTLES) {
        await new Promise((done) => setTimeout(done, PAUSE_MS));
        continue;
      }
      throw new Broken(`${path}：现在的内容（SHA-256 ${page.digest ?? '无'}）不是日志里最新的一条`);
    }
    const head = openCheckpoint(answer.checkpoint, key, '页面证明的签名树根');
    await checkGrowth(base, ...(head.size < now.size ? [head, now] : [now, head]));
    const leaf = provenLeaf(newest, head, path);
    const first = provenLeaf(answer.firstOfResource ?? answer.firstOfAddress, head);
    const isSame =
      answer.firstOfResource === null
        ? first.path === path && first.site === leaf.site
        : first.resource === leaf.resource;
    if (!isSame) throw new Broken(`${path}：首次发布的记录说的是别的信息`);
    if (first.index > leaf.index || (leaf.first !== null && leaf.first !== first.first))
      throw new Broken(`${path}：首次发布时间与第一条记录不同`);
    return { leaf, first, changes: answer.changes };
  }
}

const ENTRIES = 256;
const AT_ONCE = 4;

async function replay(base, head, milestones, onLeaf) {
  const tree = new GrowingTree();
  const starts = Array.from({ length: Math.ceil(head.size / ENTRIES) }, (_, at) => at * ENTRIES);
  const load = async (start) => {
    const end = Math.min(start + ENTRIES, head.size);
    const answer = await askJson(base, `/transparency/entries?start=${start}&end=${end}`);
    if (answer?.leaves?.length !== end - start) throw new Broken(`网站给不出第 ${start} 至 ${end} 条记录`);
    return answer.leaves;
  };
  for (let at = 0; at < starts.length; at += AT_ONCE) {
    for (const leaves of await Promise.all(starts.slice(at, at + AT_ONCE).map(load))) {
      for (const text of leaves) {
        onLeaf(text, tree.size);
        tree.add(text);
        const milestone = milestones.find((one) => one.size === tree.size);
        if (milestone && !milestone.root.equals(tree.root()))
          throw new Broken(`前 ${tree.size} 条记录算出的树根与签名的不同：历史被改写`);
      }
    }
  }
}

// ---------------------------------------------------------------------------------------------------------------

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        since: { type: 'string' },
        save: { type: 'string' },
        path: { type: 'string', multiple: true, default: [] },
        all: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return undefined;
    const [base, ...rest] = positionals;
    if (base === undefined || rest.length > 0 || !URL.canParse(base)) return undefined;
    return { base, ...values };
  } catch {
    return undefined;
  }
}

const say = (text) => process.stdout.write(`${text}\n`);

async function run({ base, key: keyFile, since, save, path: paths, all }) {
  const key = parseKey(
    keyFile === undefined
      ? await askText(base, '/.well-known/transparency/key')
      : readFileSync(keyFile, 'utf8'),
  );
  if (keyFile === undefined) say(`注意：公钥取自被验证的网站（编号 ${key.id}），请与另外得到的核对`);
  const now = openCheckpoint(
    await askText(base, '/.well-known/transparency/checkpoint'),
    key,
    '现在的签名树根',
  );
  say(`成立：签名（${key.kind}，日志 ${key.origin}，共 ${now.size} 条）`);
  const old =
    since === undefined ? undefined : openCheckpoint(readFileSync(since, 'utf8'), key, '保存的签名树根');
  if (old !== undefined) {
    await checkGrowth(base, old, now);
    say(`成立：日志是以前那一份（${old.size} 条）的延长`);
  }
  const newest = new Map();
  if (all) {
    const history = new History();
    await replay(base, now, [now, ...(old ? [old] : [])], (text, index) => {
      const leaf = parseLeaf(text, index);
      history.take(leaf, Date.now());
      if (paths.includes(leaf.path)) newest.set(`${leaf.site} ${leaf.path}`, index);
    });
    const { claims } = history;
    say(`成立：全部 ${now.size} 条记录的树根和时间`);
    say(
      `      首次发布时间：${claims.new} 项经日志证明，${claims.imported} 项由旧网站迁入，` +
        `${claims.adopted} 项早于日志，${claims.late} 项迟于一天才收录`,
    );
  }
  for (const path of paths) {
    const { leaf, first, changes } = await checkPage(base, path, key, now);
    const last = newest.get(`${leaf.site} ${path}`);
    if (last !== undefined && leaf.index < last)
      throw new Broken(`${path}：日志里有更新的一条，网站没有给出`);
    say(`成立：${path} 现在的内容是日志第 ${leaf.index} 条，${beijing(leaf.at)}收录，共 ${changes} 次变动`);
    say(`      ${tellFirst(first)}`);
  }
  if (save !== undefined) writeFileSync(save, now.note);
}

const wanted = readArguments();
if (wanted === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  try {
    await run(wanted);
  } catch (error) {
    const isKnown = error instanceof Broken || error instanceof Unanswered;
    process.stderr.write(
      error instanceof Broken
        ? `不成立：${error.message}\n`
        : `无法验证：${isKnown ? error.message : error.stack}\n`,
    );
    process.exitCode = error instanceof Broken ? 1 : 3;
  }
}
