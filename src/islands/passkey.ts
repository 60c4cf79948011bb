/**
 * Passkeys: asks the browser for what the form's data say, and sends its answer with the form. A file of its own, since few
 * people have a role. Where the browser cannot, what stands there without the script stays.
 */
const isAble =
  'PublicKeyCredential' in window && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';

for (const form of isAble ? document.querySelectorAll<HTMLFormElement>('form[data-passkey]') : []) {
  const answer = form.querySelector<HTMLInputElement>('[name="answer"]');
  const failed = form.querySelector<HTMLElement>('[role="alert"]');
  form.hidden = false;
  form.nextElementSibling?.remove();
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!answer || !failed) return;
    failed.hidden = true;
    try {
      answer.value = JSON.stringify(await credentialFor(form));
      form.submit();
    } catch (error) {
      // Cancelled, too slow, or there already: the browser has said which.
      if (!(error instanceof DOMException)) throw error;
      failed.hidden = false;
    }
  });
}

function credentialFor({ dataset }: HTMLFormElement): Promise<Credential | null> {
  const options = JSON.parse(dataset['options'] ?? '{}');
  return dataset['passkey'] === 'make'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

export {};
