// Recording a voice instead of choosing a file. Without a microphone, or without this script, the file field is all there is.
const BITS_A_SECOND = 32_000;
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

for (const field of document.querySelectorAll("input[data-recorder]")) {
  const kind = window.MediaRecorder && navigator.mediaDevices && KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  if (kind) offer(field, kind);
}

function offer(field, kind) {
  const button = made("button", { type: "button", className: "button", textContent: field.dataset.start });
  const said = made("span", { className: "mut small" });
  said.setAttribute("role", "status");
  const heard = made("audio", { controls: true, hidden: true });
  const row = made("p", { className: "recorder" });
  row.append(button, said, heard);
  field.closest("p").after(row);
  let recorder = null;

  button.addEventListener("click", async () => {
    if (recorder) {
      recorder.stop();
      return;
    }
    try {
      recorder = await begun(kind);
    } catch {
      said.textContent = field.dataset.failed;
      return;
    }
    const parts = [];
    const end = setTimeout(() => recorder?.stop(), Number(field.dataset.most) * 1000);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(end);
      for (const track of recorder.stream.getTracks()) track.stop();
      recorder = null;
      take(new File(parts, "voice", { type: kind.split(";")[0] }));
    });
    recorder.start();
    button.textContent = field.dataset.stop;
    said.textContent = field.dataset.running;
  });

  function take(file) {
    const list = new DataTransfer();
    list.items.add(file);
    field.files = list.files;
    URL.revokeObjectURL(heard.src);
    heard.src = URL.createObjectURL(file);
    heard.hidden = false;
    button.textContent = field.dataset.start;
    said.textContent = field.dataset.done;
  }
}

async function begun(kind) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS_A_SECOND });
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
