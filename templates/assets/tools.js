// 无障碍工具: the bar of tools, the reading ruler and reading aloud. Fetched by site.js when somebody asks for them.
(function () {
  'use strict';
  var root = document.documentElement;
  var speech = window.speechSynthesis;

  function make(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      element.setAttribute(key, attributes[key]);
    });
    (children || []).forEach(function (child) {
      element.append(child);
    });
    return element;
  }

  function button(text, attributes, act) {
    var made = make('button', Object.assign({ type: 'button' }, attributes), [text]);
    if (act) made.addEventListener('click', act);
    return made;
  }

  function group(name, children) {
    return make('div', { class: 'tools-group', role: 'group', 'aria-label': name }, children);
  }

  var said = make('p', { class: 'tools-said', role: 'status' });
  function say(text) {
    said.textContent = text;
  }

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Lasts as long as the page, then.
    }
  }

  // 字号: four steps.
  var sizes = ['标准', '大', '更大', '特大'];
  function currentSize() {
    for (var step = sizes.length - 1; step > 0; step -= 1) {
      if (root.classList.contains('larger-' + step)) return step;
    }
    return 0;
  }
  function setSize(wanted) {
    var size = Math.max(0, Math.min(sizes.length - 1, wanted));
    for (var step = 1; step < sizes.length; step += 1) {
      root.classList.toggle('larger-' + step, step === size);
      remember('mode-larger-' + step, step === size ? 'on' : 'off');
    }
    say('字号：' + sizes[size]);
  }

  // 阅读标尺: a band that follows the pointer and the focus, and never takes a click.
  var ruler;
  function moveRuler(middle) {
    if (ruler) ruler.style.top = Math.round(middle) + 'px';
  }
  function followPointer(event) {
    moveRuler(event.clientY);
  }
  function followFocus(event) {
    var box = event.target.getBoundingClientRect();
    if (box.height > 0) moveRuler(box.top + Math.min(box.height, 80) / 2);
  }
  function showRuler() {
    var wanted = root.classList.contains('ruler');
    if (wanted === Boolean(ruler)) return;
    if (wanted) {
      ruler = make('div', { class: 'reading-ruler', 'aria-hidden': 'true' });
      document.body.append(ruler);
      moveRuler(window.innerHeight / 3);
      document.addEventListener('pointermove', followPointer);
      document.addEventListener('focusin', followFocus);
    } else {
      ruler.remove();
      ruler = undefined;
      document.removeEventListener('pointermove', followPointer);
      document.removeEventListener('focusin', followFocus);
    }
  }

  // 朗读: paragraph by paragraph, and in pieces, because voices cut long texts off. Pausing keeps the paragraph:
  // not every voice can stop in the middle and go on.
  var reading = { state: 'stopped', at: 0, turn: 0, blocks: [] };
  function blocksToRead() {
    var text = document.querySelector('.rich-text') || document.getElementById('main');
    var title = document.querySelector('main h1');
    var found = Array.prototype.filter.call(
      text ? text.querySelectorAll('h2, h3, h4, p, li, th, td, dt, dd, figcaption') : [],
      function (block) {
        return (
          !block.querySelector('p, li') && block.textContent.trim() !== '' && block.offsetParent !== null
        );
      },
    );
    return title && !found.includes(title) ? [title].concat(found) : found;
  }
  function piecesOf(text) {
    return text.match(/[^。！？；!?;]{1,120}[。！？；!?;]?|[。！？；!?;]/g) || [];
  }
  function mark(block) {
    Array.prototype.forEach.call(document.querySelectorAll('.being-read'), function (one) {
      one.classList.remove('being-read');
    });
    if (!block) return;
    block.classList.add('being-read');
    block.scrollIntoView({ block: 'nearest' });
  }
  function readOn() {
    var block = reading.blocks[reading.at];
    if (!block) return stopReading('朗读完毕');
    var turn = (reading.turn += 1);
    mark(block);
    var pieces = piecesOf(block.textContent.replace(/\s+/g, ' '));
    pieces.forEach(function (piece, index) {
      var utterance = new SpeechSynthesisUtterance(piece);
      utterance.lang = 'zh-CN';
      utterance.rate = Number(speed.value);
      if (index === pieces.length - 1) {
        utterance.onend = function () {
          if (turn !== reading.turn || reading.state !== 'reading') return;
          reading.at += 1;
          readOn();
        };
      }
      speech.speak(utterance);
    });
  }
  function hush() {
    reading.turn += 1;
    speech.cancel();
  }
  function startReading() {
    if (reading.state === 'stopped') {
      reading.blocks = blocksToRead();
      reading.at = 0;
    }
    hush();
    reading.state = 'reading';
    showReading('正在朗读');
    readOn();
  }
  function pauseReading() {
    reading.state = 'paused';
    hush();
    showReading('已暂停');
  }
  function stopReading(message) {
    reading.state = 'stopped';
    hush();
    mark(null);
    showReading(message || '已停止朗读');
  }
  function step(by) {
    if (reading.state === 'stopped') return;
    reading.at = Math.max(0, Math.min(reading.blocks.length - 1, reading.at + by));
    if (reading.state === 'reading') {
      hush();
      readOn();
    } else mark(reading.blocks[reading.at]);
  }
  function showReading(message) {
    play.textContent = { reading: '暂停', paused: '继续朗读', stopped: '朗读全文' }[reading.state];
    [stop, back, forth].forEach(function (one) {
      one.disabled = reading.state === 'stopped';
    });
    if (message) say(message);
  }
  var play = button('朗读全文', { 'data-read': 'play' }, function () {
    if (reading.state === 'reading') pauseReading();
    else startReading();
  });
  var stop = button('停止', {}, function () {
    play.focus();
    stopReading();
  });
  var back = button('上一段', {}, function () {
    step(-1);
  });
  var forth = button('下一段', {}, function () {
    step(1);
  });
  var speed = make(
    'select',
    { id: 'tools-speed' },
    [
      ['0.7', '慢'],
      ['1', '正常'],
      ['1.3', '快'],
      ['1.6', '很快'],
    ].map(function (one) {
      return make('option', { value: one[0] }, [one[1]]);
    }),
  );
  speed.value = root.classList.contains('elder') ? '0.7' : '1';
  speed.addEventListener('change', function () {
    step(0);
  });
  var aloud = group('朗读', [
    play,
    stop,
    back,
    forth,
    make('label', { for: 'tools-speed' }, ['语速']),
    speed,
  ]);
  function offerReading() {
    aloud.hidden =
      !speech ||
      !speech.getVoices().some(function (voice) {
        return /^(zh|cmn|yue)/i.test(voice.lang);
      });
  }

  function reset() {
    setSize(0);
    if (reading.state !== 'stopped') stopReading();
    ['elder', 'contrast', 'contrast-light', 'big-cursor', 'ruler', 'hant'].forEach(function (mode) {
      root.classList.remove(mode);
      remember('mode-' + mode, 'off');
    });
    changed();
    say('已恢复默认设置');
  }
  function changed() {
    document.dispatchEvent(new CustomEvent('modes:changed'));
  }
  function mode(name, text) {
    return button(text, { 'data-preference': name, 'aria-pressed': 'false' });
  }

  var bar = make('section', { class: 'tools', id: 'tools', 'aria-label': '无障碍工具', hidden: '' }, [
    make('div', { class: 'wrap' }, [
      group('字号', [
        button('缩小字号', {}, function () {
          setSize(currentSize() - 1);
        }),
        button('放大字号', {}, function () {
          setSize(currentSize() + 1);
        }),
      ]),
      group('显示', [
        mode('contrast-light', '白底黑字'),
        mode('contrast', '黑底黄字'),
        mode('ruler', '阅读标尺'),
        mode('big-cursor', '特大鼠标'),
        mode('hant', '繁體'),
      ]),
      aloud,
      group('设置', [
        button('恢复默认', {}, reset),
        button('关闭工具栏', {}, function () {
          document.dispatchEvent(new CustomEvent('tools:close'));
        }),
      ]),
      said,
    ]),
  ]);
  var line = document.querySelector('.utility');
  if (line) line.after(bar);
  bar.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') document.dispatchEvent(new CustomEvent('tools:close'));
  });

  document.addEventListener('tools:show', function (event) {
    bar.hidden = !event.detail;
    changed();
  });
  document.addEventListener('tools:read', function () {
    document.querySelectorAll('[data-tools][aria-expanded=false]').forEach(function (one) {
      one.click();
    });
    bar.hidden = false;
    play.focus();
    startReading();
  });
  document.addEventListener('modes:changed', showRuler);
  if (speech) {
    speech.addEventListener('voiceschanged', offerReading);
    window.addEventListener('pagehide', hush);
  }
  offerReading();
  showReading();
  showRuler();
})();
