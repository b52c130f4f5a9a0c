// 繁體: words are replaced in the visitor's browser. Fetched by site.js with its list of words when somebody asks.
(function () {
  'use strict';
  var root = document.documentElement;
  var here = document.currentScript ? document.currentScript.src : '/static/hant.js';
  // What people type, what machines read, and addresses stay as they are.
  var untouched = 'script, style, textarea, input, select, code, kbd, pre, [translate=no], [contenteditable]';
  var named = ['alt', 'title', 'aria-label'];
  var words;
  var longest = 1;
  var before = [];
  var watcher;

  /** Lines `<letters shared with the line above><rest>[><traditional>]`; without `>` it goes letter by letter. */
  function readWords(text) {
    var found = new Map();
    var letters = new Map();
    var plain = [];
    var last = '';
    text.split('\n').forEach(function (line) {
      var cut = line.indexOf('>');
      var word = last.slice(0, Number(line[0])) + line.slice(1, cut < 0 ? undefined : cut);
      last = word;
      var count = Array.from(word).length;
      longest = Math.max(longest, count);
      if (cut < 0) plain.push(word);
      else (count === 1 ? letters : found).set(word, line.slice(cut + 1));
    });
    letters.forEach(function (to, from) {
      found.set(from, to);
    });
    plain.forEach(function (word) {
      found.set(
        word,
        Array.from(word, function (letter) {
          return letters.get(letter) || letter;
        }).join(''),
      );
    });
    return found;
  }

  function traditional(text) {
    if (!/[\u3400-\u9fff]/.test(text)) return text;
    var letters = Array.from(text);
    var result = '';
    for (var at = 0; at < letters.length;) {
      var length = Math.min(longest, letters.length - at);
      var found;
      for (; length > 0; length -= 1) {
        found = words.get(letters.slice(at, at + length).join(''));
        if (found !== undefined) break;
      }
      result += found === undefined ? letters[at] : found;
      at += Math.max(1, length);
    }
    return result;
  }

  function change(read, write) {
    var old = read();
    var next = traditional(old);
    if (next === old) return;
    before.push(function () {
      if (read() === next) write(old);
    });
    write(next);
  }
  function changeText(node) {
    if (node.parentElement && node.parentElement.closest(untouched)) return;
    change(
      function () {
        return node.data;
      },
      function (text) {
        node.data = text;
      },
    );
  }
  function changeNames(element) {
    if (element.matches(untouched)) return;
    named.forEach(function (name) {
      if (!element.hasAttribute(name)) return;
      change(
        function () {
          return element.getAttribute(name);
        },
        function (text) {
          element.setAttribute(name, text);
        },
      );
    });
  }
  function changeAll(top) {
    if (top.nodeType === Node.TEXT_NODE) return changeText(top);
    if (top.nodeType !== Node.ELEMENT_NODE) return;
    changeNames(top);
    var walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) changeText(node);
      else changeNames(node);
    }
  }

  // Results and dialogs that come later are changed as they come.
  function watch() {
    watcher = new MutationObserver(function (changes) {
      watcher.disconnect();
      changes.forEach(function (one) {
        if (one.type === 'characterData') changeText(one.target);
        Array.prototype.forEach.call(one.addedNodes, changeAll);
      });
      observe();
    });
    observe();
  }
  function observe() {
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  }

  function show() {
    var wanted = root.classList.contains('hant');
    if (wanted === (root.lang === 'zh-Hant')) return;
    if (!wanted) {
      watcher.disconnect();
      before.reverse().forEach(function (undo) {
        undo();
      });
      before = [];
      root.lang = 'zh-CN';
      return;
    }
    if (!words) return;
    root.lang = 'zh-Hant';
    change(
      function () {
        return document.title;
      },
      function (text) {
        document.title = text;
      },
    );
    changeAll(document.body);
    watch();
  }

  fetch(here.replace('hant.js', 'hant-words.txt'))
    .then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    })
    .then(function (text) {
      words = readWords(text);
      document.addEventListener('modes:changed', show);
      show();
    })
    .catch(function () {
      // The page stays as it is written.
      root.classList.remove('hant');
      document.dispatchEvent(new CustomEvent('modes:changed'));
    });
})();
