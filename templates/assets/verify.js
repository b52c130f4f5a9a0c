// Verifies a page against the transparency log, in the visitor's own browser. The formats are described in
// docs/operations/transparency.md; scripts/verify-transparency.mjs does the same, and more, without this site's help.
(function () {
  'use strict';
  const place = document.querySelector('[data-verify]');
  if (!place || !window.fetch || !window.TextEncoder) return;
  const stepList = place.querySelector('[data-verify-steps]');
  const verdict = place.querySelector('[data-verify-verdict]');
  const historyPlace = place.querySelector('[data-verify-history]');
  const savedName = 'transparency-checkpoint';

  // SHA-256 of our own: browsers have theirs only under https, and only in promises.
  const K = [];
  const START = [];
  (function () {
    const fraction = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
    for (let candidate = 2; K.length < 64; candidate += 1) {
      let isPrime = true;
      for (let divisor = 2; divisor * divisor <= candidate; divisor += 1)
        if (candidate % divisor === 0) isPrime = false;
      if (!isPrime) continue;
      if (START.length < 8) START.push(fraction(Math.sqrt(candidate)));
      K.push(fraction(Math.cbrt(candidate)));
    }
  })();

  function sha256(bytes) {
    const length = Math.ceil((bytes.length + 9) / 64) * 64;
    const padded = new Uint8Array(length);
    padded.set(bytes);
    padded[bytes.length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(length - 4, (bytes.length << 3) >>> 0);
    const state = START.slice();
    const w = new Int32Array(64);
    const turn = (value, by) => (value >>> by) | (value << (32 - by));
    for (let block = 0; block < length; block += 64) {
      for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(block + i * 4);
      for (let i = 16; i < 64; i += 1) {
        const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => {
        state[i] = (state[i] + value) | 0;
      });
    }
    const out = new DataView(new ArrayBuffer(32));
    state.forEach((value, i) => out.setInt32(i * 4, value));
    return new Uint8Array(out.buffer);
  }

  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const unbase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

  function concat(...parts) {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
  const hashLeaf = (text) => sha256(concat([0], utf8(text)));
  const hashNodes = (left, right) => sha256(concat([1], left, right));

  // RFC 9162, 2.1.3.2 and 2.1.4.2
  function rootFromInclusion(leaf, index, size, proof) {
    let [hash, at, last] = [leaf, index, size - 1];
    for (const sibling of proof) {
      if (last === 0) return '';
      if (at % 2 === 1 || at === last) {
        hash = hashNodes(sibling, hash);
        while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
      } else hash = hashNodes(hash, sibling);
      [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    }
    return last === 0 && index < size ? hex(hash) : '';
  }

  function rootsFromConsistency(first, firstRoot, second, proof) {
    let [at, last] = [first - 1, second - 1];
    while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    const [start, ...rest] = at === 0 ? [firstRoot, ...proof] : proof;
    if (!start) return [];
    let [old, grown] = [start, start];
    for (const sibling of rest) {
      if (last === 0) return [];
      if (at % 2 === 1 || at === last) {
        old = hashNodes(sibling, old);
        grown = hashNodes(sibling, grown);
        while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
      } else grown = hashNodes(grown, sibling);
      [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    }
    return last === 0 ? [hex(old), hex(grown)] : [];
  }

  function parseHead(note) {
    const end = note.indexOf('\n\n');
    const [origin, size, root] = note.slice(0, end).split('\n');
    return { note, origin, size: Number(size), root: unbase64(root), text: note.slice(0, end + 1) };
  }

  /** true, false, or undefined when this browser cannot tell. */
  async function isSigned(head, keyLine) {
    const [origin, id, ...packed] = keyLine.trim().split('+');
    const key = unbase64(packed.join('+'));
    if (origin !== head.origin || hex(sha256(concat(utf8(`${origin}\n`), key)).slice(0, 4)) !== id)
      return false;
    if (key[0] !== 1 || !window.crypto || !crypto.subtle) return undefined;
    const signature = head.note
      .slice(head.text.length + 1)
      .split('\n')
      .map((line) => /^— (\S+) (\S+)$/.exec(line))
      .filter((match) => match && match[1] === origin)
      .map((match) => unbase64(match[2]))
      .find((bytes) => hex(bytes.slice(0, 4)) === id);
    if (!signature) return false;
    try {
      const imported = await crypto.subtle.importKey('raw', key.slice(1), { name: 'Ed25519' }, false, [
        'verify',
      ]);
      return await crypto.subtle.verify('Ed25519', imported, signature.slice(4), utf8(head.text));
    } catch {
      return undefined;
    }
  }

  async function digestOf(bytes) {
    if (window.crypto && crypto.subtle)
      return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    return hex(sha256(bytes));
  }

  // What the visitor sees

  const marks = { yes: '✓', no: '✗', unknown: '－' };
  const words = { yes: '成立', no: '不成立', unknown: '未能证明' };
  let isBroken = false;
  let isPartial = false;

  function add(parent, name, text, className) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function tell(state, title, detail) {
    if (state === 'no') isBroken = true;
    if (state === 'unknown') isPartial = true;
    const item = add(stepList, 'li', undefined, `verify-${state}`);
    add(item, 'span', marks[state], 'verify-mark').setAttribute('aria-hidden', 'true');
    add(item, 'strong', `${title}：${words[state]}`);
    if (detail) add(item, 'p', detail);
  }

  const two = (number) => String(number).padStart(2, '0');
  function beijing(time) {
    const day = new Date(Date.parse(time) + 8 * 3600000);
    return (
      `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())} ` +
      `${two(day.getUTCHours())}:${two(day.getUTCMinutes())}:${two(day.getUTCSeconds())}`
    );
  }

  const outcomes = { page: '发布', gone: '撤下', moved: '移走', file: '文件发布', absent: '删除' };

  const claims = {
    new: (leaf) => ['yes', `${beijing(leaf.first)}（北京时间）。日志当时已经收录：${beijing(leaf.at)}。`],
    imported: (leaf) => [
      'unknown',
      `声明为 ${beijing(leaf.first)}，由旧网站迁入，迁入以前的时间无法证明。日志证明它自 ${beijing(leaf.at)} 起存在。`,
    ],
    adopted: (leaf) => [
      'unknown',
      `声明为 ${beijing(leaf.first)}，那时还没有存证日志。日志证明它自 ${beijing(leaf.at)} 起存在。`,
    ],
    late: (leaf) => [
      'unknown',
      `声明为 ${beijing(leaf.first)}，但日志到 ${beijing(leaf.at)} 才收录，此前的时间未经证明。`,
    ],
  };

  function tellFirst(told, newest) {
    const leaf = JSON.parse(told.leaf);
    const title = '首次发布时间';
    if (leaf.resource === null || leaf.first === null) {
      tell('yes', title, `日志首次收录这个地址：${beijing(leaf.at)}（北京时间）。`);
    } else if (leaf.resource !== newest.resource || (newest.first !== null && leaf.first !== newest.first)) {
      tell('no', title, '现在声明的首次发布时间，与日志里第一条记录的不同。');
    } else if (!claims[leaf.claim]) tell('no', title, '第一条记录没有说明首次发布时间的依据。');
    else if (leaf.claim === 'new' && Date.parse(leaf.at) - Date.parse(leaf.first) > 86400000) {
      tell('no', title, '声明的首次发布时间，比进入日志的时间早一天以上。');
    } else tell(claims[leaf.claim](leaf)[0], title, claims[leaf.claim](leaf)[1]);
  }

  function showHistory(answer) {
    add(historyPlace, 'h2', '历次变动');
    if (answer.changes > answer.versions.length)
      add(historyPlace, 'p', `共 ${answer.changes} 次变动，下面是最近 ${answer.versions.length} 次。`);
    const box = add(historyPlace, 'div', undefined, 'verify-scroll');
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', '历次变动');
    const table = add(box, 'table', undefined, 'verify-table');
    const head = add(add(table, 'thead'), 'tr');
    for (const name of ['收录时间', '变动', '记录', '内容摘要'])
      add(head, 'th', name).setAttribute('scope', 'col');
    const body = add(table, 'tbody');
    for (const { index, leaf: text } of answer.versions) {
      const leaf = JSON.parse(text);
      const row = add(body, 'tr');
      add(row, 'td', beijing(leaf.at));
      add(row, 'td', outcomes[leaf.outcome] || leaf.outcome);
      add(row, 'td', `第 ${index} 条`);
      add(add(row, 'td'), 'code', leaf.digest === null ? '无' : leaf.digest.slice(0, 16));
    }
  }

  // The verification

  async function getJson(address) {
    const response = await fetch(address);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  /** Whether the log is a longer one of what this browser saw last time. */
  async function checkGrowth(head) {
    let note;
    try {
      note = localStorage.getItem(savedName);
    } catch {
      return;
    }
    if (note) {
      const old = parseHead(note);
      if (old.origin === head.origin) {
        const title = '日志是您上次核验时那一份的延长';
        let roots = [];
        if (old.size === head.size) roots = [hex(old.root), hex(old.root)];
        else if (old.size < head.size) {
          const told = await getJson(`/transparency/consistency?first=${old.size}&second=${head.size}`);
          const proof = ((told && told.proof) || []).map(unbase64);
          roots = rootsFromConsistency(old.size, old.root, head.size, proof);
        }
        const holds = roots[0] === hex(old.root) && roots[1] === hex(head.root);
        tell(
          holds ? 'yes' : 'no',
          title,
          holds ? undefined : '日志变短或被改写了。请保存本页，向主管单位反映。',
        );
        if (!holds) return;
      }
    }
    localStorage.setItem(savedName, head.note);
  }

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  /** The page as it stands, and what the log says of it. It may be replaced while we look. */
  async function look(path) {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(encodeURI(decode(path)), { redirect: 'manual', cache: 'no-store' });
      const isMoved = response.type === 'opaqueredirect';
      const isThere = response.status === 200 || response.status === 410;
      const digest = isThere ? await digestOf(new Uint8Array(await response.arrayBuffer())) : null;
      const answer = await getJson(`/transparency/proof?path=${encodeURIComponent(path)}`);
      const newest = answer && JSON.parse(answer.versions[0].leaf);
      const isSame = newest && (isMoved ? newest.outcome === 'moved' : newest.digest === digest);
      if (isSame || attempt === 4) return { digest, answer, newest, isSame, isMoved };
      await pause(800);
    }
  }

  function decode(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  async function check(path) {
    const { digest, answer, newest, isSame, isMoved } = await look(path);
    if (!answer) {
      tell('no', '日志里有这个页面', digest === null ? '没有这个页面。' : '这个页面没有存证记录。');
      return;
    }
    tell(
      isSame ? 'yes' : 'no',
      '页面现在的内容就是日志里最新的一条',
      isMoved
        ? '这个地址已经移走。'
        : `内容摘要（SHA-256）${digest || '无'}；日志里是 ${newest.digest || '无'}。`,
    );
    const head = parseHead(answer.checkpoint);
    const root = hex(head.root);
    const told = [...answer.versions, answer.firstOfAddress, answer.firstOfResource].filter(Boolean);
    const isProven = told.every(
      ({ leaf, index, proof }) =>
        rootFromInclusion(hashLeaf(leaf), index, head.size, proof.map(unbase64)) === root,
    );
    const isOfPage = [...answer.versions, answer.firstOfAddress].filter(Boolean).every((one) => {
      const { site, path: place } = JSON.parse(one.leaf);
      return place === newest.path && site === newest.site;
    });
    tell(
      isProven && isOfPage && decode(path).normalize('NFC') === newest.path ? 'yes' : 'no',
      '记录在日志里，没有改动',
      `第 ${answer.versions[0].index} 条，${beijing(newest.at)}（北京时间）收录；日志共 ${head.size} 条。`,
    );
    const keyLine = await (await fetch('/.well-known/transparency/key')).text();
    const signed = await isSigned(head, keyLine);
    tell(
      signed === undefined ? 'unknown' : signed ? 'yes' : 'no',
      '日志的树根有平台的数字签名',
      signed === undefined
        ? '您的浏览器不能核对这种签名（需要 https 和较新的浏览器）。请用下面的命令核对。'
        : `公钥编号 ${keyLine.split('+')[1]}。公钥来自本网站，请与另外得到的核对。`,
    );
    await checkGrowth(head);
    tellFirst(answer.firstOfResource || answer.firstOfAddress, newest);
    showHistory(answer);
  }

  /** Led here from a page that does not name itself, the page is the one the visitor comes from. */
  function askedPath() {
    const asked = new URLSearchParams(location.search).get('path');
    if (asked) {
      try {
        const url = new URL(asked, location.origin);
        return url.origin === location.origin ? url.pathname : asked;
      } catch {
        return asked;
      }
    }
    const from = document.referrer ? new URL(document.referrer) : null;
    return from && from.origin === location.origin && from.pathname !== location.pathname
      ? from.pathname
      : '';
  }

  const path = askedPath();
  if (!path.startsWith('/')) return;
  const field = document.querySelector('[name=path]');
  if (field) field.value = decode(path);
  place.hidden = false;
  verdict.textContent = '正在核验……';
  check(path)
    .then(() => {
      const partly = '内容与日志一致，有一项未能证明，见下。';
      verdict.textContent = isBroken ? '核验没有通过。' : isPartial ? partly : '核验通过。';
      verdict.className = `verify-verdict verify-${isBroken ? 'no' : isPartial ? 'unknown' : 'yes'}`;
    })
    .catch(() => {
      verdict.textContent = '现在不能核验：存证日志没有回答，请稍后再试。';
      verdict.className = 'verify-verdict verify-unknown';
    });
})();
