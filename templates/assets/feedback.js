// 这页有用吗: sends the forms without leaving the page. Without this file they are sent as any form is.
(function () {
  'use strict';
  if (!window.fetch || !window.FormData) return;

  Array.prototype.forEach.call(document.querySelectorAll('[data-feedback]'), function (section) {
    var status = section.querySelector('[data-feedback-status]');
    var choices = section.querySelector('[data-feedback-choices]');
    var isBusy = false;

    function fieldsOf(form) {
      var fields = {};
      new FormData(form).forEach(function (value, name) {
        fields[name] = String(value);
      });
      return fields;
    }

    function thank(message) {
      choices.hidden = true;
      status.textContent = message;
    }

    section.addEventListener('submit', function (event) {
      event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      status.textContent = '正在提交……';
      fetch(event.target.getAttribute('action'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(fieldsOf(event.target)),
      })
        .then(function (response) {
          return response.json().then(function (answer) {
            if (response.ok) thank(answer.message);
            else status.textContent = answer.title;
          });
        })
        .catch(function () {
          status.textContent = '没有提交成功，请检查网络后再试。您填写的内容还在。';
        })
        .then(function () {
          isBusy = false;
        });
    });
  });
})();
