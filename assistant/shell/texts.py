"""Every string the page shows, in Spanish and English.

``{name}`` marks a value put in by `say`. A test checks that both languages have the same keys and
the same values to fill in.
"""

from __future__ import annotations

from datetime import date

from knowledge.models import Language

_ES = {
    "title": "Voz Propia",
    "tagline": "Respuestas con su fuente",
    "language": "Idioma",
    "help": "Atajos",
    "question": "Pregunta",
    "question_hint": "Escriba lo que le preguntan y pulse Intro",
    "ask": "Preguntar",
    "new": "Nueva conversación",
    "conversation": "Esta conversación",
    "conversation_empty": "Aquí quedan las preguntas de esta conversación. "
    "Las siguientes se entienden a partir de ellas.",
    "set_aside": "Conversación nueva. La anterior ({count}) se ha apartado.",
    "undo": "Deshacer",
    "ready": "Listo para la próxima pregunta",
    "ready_hint_1": "Pregunte como le salga: con faltas, sin acentos, como lo dice el cliente.",
    "ready_hint_2": "Lo primero que aparece es lo que puede decir; al lado, de dónde sale.",
    "ready_hint_3": "Si las fuentes no lo dicen, la respuesta es que no consta.",
    "empty": "Todavía no hay documentos",
    "empty_hint": "Añada los de su empresa desde un terminal y vuelva a preguntar, "
    "sin cerrar esta página:",
    "empty_command": "voz ingest CARPETA",
    "busy": "Buscando en las fuentes…",
    "late": "La respuesta tarda más de {seconds} segundos. Compruebe que el servidor sigue en "
    "marcha; su pregunta sigue en la casilla.",
    "error": "No se ha podido responder",
    "error_unknown": "ha fallado algo que no se esperaba; vuelva a preguntar y, si se repite, "
    "avise a quien administra el servidor",
    "error_question_empty": "Escriba una pregunta: la casilla está vacía.",
    "error_question_long": "La pregunta tiene {count} caracteres y caben {limit}. Acórtela.",
    "verdict_answered": "Seguro",
    "verdict_partly": "Con reservas",
    "verdict_not_found": "No consta",
    "partly_why": "Compruebe la fuente antes de decirlo: lo encontrado se acerca, "
    "pero puede no responder a todo.",
    "not_found": "No consta con seguridad",
    "not_found_hint": "Ningún documento lo responde con claridad: no prometa nada. Lea lo más "
    "cercano; si no basta, consulte a quien lleve el tema.",
    "not_found_nothing": "Ningún documento responde a esto, ni hay nada cercano.",
    "not_found_ask": "Con el cliente en línea: pregunte a la empresa desde su contacto (F7).",
    "confidence": "Confianza",
    "confidence_value": "{percent} %",
    "seconds": "{seconds} s",
    "composing": "{model} está redactando. Lo que ve ya vale: son citas de las fuentes.",
    "composed_by": "Redactado por {model}. Cada frase se ha comprobado con la fuente que cita.",
    "composed_left_out": "Frases omitidas porque su fuente no las respalda: {count}.",
    "composed_literal": "Lo que dicen las fuentes, literal ({count})",
    "composed_none": "Sin redactar: {why}. Esto es lo que dicen las fuentes, literal.",
    "why_slow": "{model} ha tardado demasiado",
    "why_down": "no se llega a {model}",
    "why_refused": "{model} ha rechazado la petición; avise a quien administra el servidor",
    "why_busy": "{model} tiene demasiadas peticiones",
    "why_failed": "{model} ha fallado",
    "why_resting": "{model} ha fallado varias veces seguidas y se le deja un rato en paz",
    "why_cut_off": "{model} se ha quedado a medias",
    "why_oversized": "{model} ha escrito demasiado",
    "why_garbage": "lo que ha escrito {model} no se puede leer o no nombra sus fuentes",
    "why_nothing": "{model} no encuentra la respuesta en las fuentes",
    "why_unsupported": "las fuentes no respaldan nada de lo que ha escrito {model}",
    "why_beside": "lo que ha escrito {model} es cierto y no responde a la pregunta",
    "voice": "Cómo mostrarlo",
    "voice_say": "Decir",
    "voice_write": "Escribir",
    "voice_literal": "Texto literal",
    "copy": "Copiar",
    "copy_cited": "Copiar con citas",
    "copied": "Copiado",
    "copied_cited": "Copiado con sus citas",
    "copied_partly": "Copiado sin lo que es solo para usted",
    "copied_internal": "Copiado. ¡Ojo! Parte es solo para usted: no se la envíe al cliente",
    "copy_failed": "El navegador no ha dejado copiar. Seleccione el texto y cópielo a mano.",
    "copy_nothing": "No hay respuesta que copiar",
    "source": "Fuente",
    "source_open": "Abrir la fuente {number}: {label}",
    "source_close": "Cerrar",
    "source_context": "Texto del documento",
    "source_before": "El documento empieza antes",
    "source_after": "El documento sigue",
    "source_gone": "Este documento ya no está. Vuelva a preguntar.",
    "source_changed": "El documento ha cambiado desde la respuesta: vuelva a preguntar. "
    "Esto es lo que se citó:",
    "page": "página {page}",
    "page_short": "p. {page}",
    "slide": "diapositiva {page}",
    "row": "fila {row}",
    "version": "versión {version}",
    "version_short": "v. {version}",
    "from_day": "desde el {day}",
    "until_day": "hasta el {day} incluido",
    "day": "Fecha",
    "day_hint": "hoy; otra: 2/9/2025",
    "day_help": "Responde con lo que estaba, o estará, en vigor ese día",
    "told": "Como se respondía el",
    "told_hint": "ahora; antes: 2025-09-02 10:30",
    "told_help": "Responde con lo que el registro decía en ese momento",
    "inbox": "Para usted",
    "must_read": "Lea «{title}» antes del {day}",
    "read_it": "Leer",
    "what_changed": "Qué ha cambiado",
    "differences": "Qué ha cambiado: de la versión {old} a la {new}",
    "differences_none": "Nada de lo que dice es distinto.",
    "differences_more": "Hay {count} diferencias más: debajo está el texto entero.",
    "difference_changed": "Cambiada",
    "difference_added": "Añadida",
    "difference_removed": "Quitada",
    "difference_moved": "Movida",
    "have_read_it": "Lo he leído",
    "notice_feedback_given": "Aviso sobre su fuente «{source}»",
    "notice_feedback_assigned": "Le han pasado un aviso sobre «{source}»",
    "notice_feedback_resolved": "Resuelto lo que avisó de «{source}»: {answer}",
    "notice_feedback_declined": "Lo que avisó de «{source}» queda como está: {answer}",
    "notice_gap_assigned": "Le han encargado algo que se pregunta y nadie responde",
    "notice_escalation_answered": "{by} responde a lo que preguntó a la casa (es una persona, no "
    "una fuente): {answer}",
    "notice_escalation_nobody": "Nadie de guardia ha podido responder a lo que preguntó a la casa",
    "notice_escalation_unanswered": "Nadie ha respondido a un agente, y el tema es suyo",
    "notice_commitment_assigned": "Le han encargado {commitment}, algo prometido o reclamado",
    "notice_commitment_overdue": "Ha vencido {commitment}, algo prometido o reclamado",
    "notice_contact_offered": "Le ofrecen un contacto: está en la página de contactos",
    "notice_contact_taken_over": "Un contacto suyo lo lleva ahora otra persona",
    "notice_contact_declined": "No se han hecho cargo del contacto que ofreció",
    "notice_webhook_failed": "Un resumen no se ha podido enviar al otro programa en un día: mire "
    "`voz webhook list`",
    "notice_seen": "Visto",
    "fixed_in": "Está bien desde la versión {version}.",
    "changes": "Qué ha cambiado en 7 días ({count})",
    "change_new": "«{title}» es nueva",
    "change_changed": "«{title}» ha cambiado",
    "change_ended": "«{title}» ya no está en vigor",
    "change_begins": "«{title}» cambia el {day}",
    "change_ends": "«{title}» deja de estar en vigor tras el {day}",
    "vote": "¿Le sirve?",
    "vote_useful": "Sí",
    "vote_wrong": "Es incorrecto",
    "vote_outdated": "Está anticuado",
    "vote_missing": "Falta algo",
    "voted": "Anotado. Se avisa a quien lleva la fuente, y a usted cuando se resuelva.",
    "voted_useful": "Anotado. Gracias.",
    "remark": "¿Qué falla? (si quiere) e Intro",
    "remark_hint": "Por ejemplo: el plazo cambió el mes pasado (sin nombres de clientes)",
    "error_vote": "No se ha podido anotar: {line}",
    "error_day": "«{day}» no es una fecha. Escríbala así: 2/9/2025; vacía es hoy.",
    "error_told": "«{moment}» no es un momento pasado. Escríbalo así: 2025-09-02 10:30, o "
    "2/9/2025 para el final de ese día; vacío es ahora.",
    "as_on": "Lo que está en vigor el {day}",
    "case_facts": "Para este caso",
    "case_facts_none": "Lo citado no dice ningún plazo.",
    "case_computed": "Calculado:",
    "case_question": "Falta saber:",
    "case_not_applicable": "Descartado:",
    "case_open": "Sin calcular, porque la fuente no dice ahí desde cuándo cuentan: {amounts}.",
    "as_told": "Lo que se habría respondido el {moment}",
    "changed_since": "Hoy es distinto: «{title}», citada en su versión {version}, va por la {now}.",
    "gone_since": "Hoy ya no está en vigor: «{title}», versión {version}.",
    "internal": "Solo para usted: no se lo diga al cliente",
    "approved": "Texto aprobado: dígalo tal cual",
    "page_image": "Página {page} de «{title}», con el pasaje marcado",
    "page_image_plain": "Página {page} de «{title}»",
    "page_enlarge": "Ver la página a tamaño completo",
    "page_loading": "Preparando la imagen de la página…",
    "page_unmarked": "El pasaje no se ha podido situar en la imagen; arriba está marcado "
    "en el texto.",
    "page_failed": "La imagen de la página no se ha podido preparar; arriba está el texto.",
    "language_es": "español",
    "language_en": "inglés",
    "help_title": "Atajos de teclado",
    "help_close": "Cerrar",
    "help_enter": "Preguntar",
    "help_newline": "Línea nueva en la pregunta",
    "help_escape": "Cerrar la fuente; si no hay, vaciar la pregunta",
    "help_focus": "Ir a la pregunta",
    "help_recall": "Recuperar la última pregunta (con la casilla vacía)",
    "help_open": "Abrir la fuente 1 a 9",
    "help_copy": "Copiar la respuesta",
    "help_copy_cited": "Copiar la respuesta con sus citas",
    "help_voice": "Decir, escribir o texto literal",
    "help_new": "Nueva conversación",
    "help_help": "Esta ayuda",
    "sign_in": "Entrar",
    "sign_in_name": "Nombre de la cuenta",
    "sign_in_password": "Contraseña",
    "sign_in_provider": "Entrar con la cuenta de la empresa",
    "sign_in_or": "o con una cuenta de aquí",
    "sign_in_not_right": "El nombre o la contraseña no son correctos.",
    "sign_in_wait": "Demasiados intentos. Espere {seconds} segundos y vuelva a intentarlo.",
    "sign_in_link_used": "Ese enlace ya se usó o ha caducado. Entre con su nombre y contraseña.",
    "sign_in_provider_failed": "No se ha podido entrar con la cuenta de la empresa. Vuelva a "
    "intentarlo; si se repite, avise a quien administra el servidor.",
    "sign_in_provider_refused": "Se le ha reconocido, pero su cuenta no puede hacer nada aquí. "
    "Pida a quien administra el servidor una función, o que le deje entrar de nuevo.",
    "sign_in_unavailable": "Ahora no se puede entrar. Vuelva a intentarlo dentro de un momento.",
    "manage": "Gestión",
    "questions": "Preguntas",
    "contact": "Contactos",
    "queue": "Consultas",
    "quality": "Calidad",
    "sign_out": "Salir",
    "signed_in_as": "Ha entrado como {name}",
    "signed_out": "Su sesión ha terminado, y lo último no se ha hecho. Entre en otra pestaña y "
    "vuelva a esta: lo que hay en ella se queda.",
    "other_account": "En este navegador ha entrado otra cuenta. Cargue de nuevo la página.",
    "reload": "Cargar de nuevo",
    "account": "Su cuenta",
    "account_holds": "Lo que puede hacer",
    "account_holds_nothing": "Todavía nada: pida a quien administra el servidor una función.",
    "account_back": "Volver a las preguntas",
    "account_grant": "{role}, para «{audience}»",
    "role_agent": "Agente: pregunta y lee las fuentes",
    "role_manager": "Responsable de documentos: los incorpora y los edita",
    "role_approver": "Revisión: publica lo que otros han escrito",
    "role_expert": "Experto: responde a lo que los agentes preguntan a la casa",
    "role_qa": "Calidad: evalúa las respuestas y revisa qué se dijo",
    "role_admin": "Administración: cuentas y destinatarios",
    "role_channel": "Canal: trae contactos, como un programa",
    "password_change": "Cambiar la contraseña",
    "password_must": "Ha entrado con una contraseña de un solo uso. Elija ahora la suya.",
    "password_current": "Contraseña actual",
    "password_new": "Contraseña nueva",
    "password_again": "La nueva otra vez",
    "password_rule": "De 12 a 128 caracteres. Van bien cuatro palabras sin relación entre sí.",
    "password_differs": "Las dos contraseñas nuevas no son iguales.",
    "password_current_wrong": "La contraseña actual no es correcta.",
    "password_elsewhere": "Entra con {provider}: la contraseña se cambia allí.",
    "refused": "Esta página no es para su cuenta",
    "refused_hint": "Su cuenta no tiene la función que hace falta para preguntar. Pídasela a "
    "quien administra el servidor.",
    "key_enter": "Intro",
    "key_shift": "Mayús",
    "key_escape": "Esc",
    "key_up": "Flecha arriba",
}

_EN = {
    "title": "Voz Propia",
    "tagline": "Answers with their source",
    "language": "Language",
    "help": "Shortcuts",
    "question": "Question",
    "question_hint": "Type what you are being asked and press Enter",
    "ask": "Ask",
    "new": "New conversation",
    "conversation": "This conversation",
    "conversation_empty": "The questions of this conversation stay here. "
    "The next ones are understood from them.",
    "set_aside": "New conversation. The earlier one ({count}) was put aside.",
    "undo": "Undo",
    "ready": "Ready for the next question",
    "ready_hint_1": "Ask as it comes: typos, no accents, the customer's own words.",
    "ready_hint_2": "What you can say comes first; where it stands is beside it.",
    "ready_hint_3": "If the sources do not say it, the answer says so.",
    "empty": "There are no documents yet",
    "empty_hint": "Add your company's from a terminal, then ask again without closing this page:",
    "empty_command": "voz ingest FOLDER",
    "busy": "Searching the sources…",
    "late": "The answer is taking more than {seconds} seconds. Check that the server is still "
    "running; your question is still in the box.",
    "error": "This could not be answered",
    "error_unknown": "something unexpected failed; ask again and, if it happens again, "
    "tell whoever runs the server",
    "error_question_empty": "Type a question: the box is empty.",
    "error_question_long": "The question has {count} characters and {limit} fit. Shorten it.",
    "verdict_answered": "Sure",
    "verdict_partly": "With reservations",
    "verdict_not_found": "Not in the sources",
    "partly_why": "Check the source before you say it: what was found is close, "
    "but may not answer all of it.",
    "not_found": "No sure answer in the sources",
    "not_found_hint": "No document answers it clearly: promise nothing. Read what comes nearest; "
    "if that is not enough, ask whoever owns the subject.",
    "not_found_nothing": "No document answers this, and nothing comes near.",
    "not_found_ask": "With the customer on the line: ask the company from their contact (F7).",
    "confidence": "Confidence",
    "confidence_value": "{percent}%",
    "seconds": "{seconds} s",
    "composing": "{model} is composing. What you see is good already: it quotes the sources.",
    "composed_by": "Composed by {model}. Each sentence was checked against the source it cites.",
    "composed_left_out": "Sentences left out because their source does not support them: {count}.",
    "composed_literal": "What the sources say, word for word ({count})",
    "composed_none": "Not composed: {why}. This is what the sources say, word for word.",
    "why_slow": "{model} took too long",
    "why_down": "{model} cannot be reached",
    "why_refused": "{model} refused the request; tell whoever runs the server",
    "why_busy": "{model} has too many requests",
    "why_failed": "{model} failed",
    "why_resting": "{model} failed several times running and is left alone for a moment",
    "why_cut_off": "{model} broke off",
    "why_oversized": "{model} wrote too much",
    "why_garbage": "what {model} wrote cannot be read or names no sources",
    "why_nothing": "{model} does not find the answer in the sources",
    "why_unsupported": "the sources support nothing of what {model} wrote",
    "why_beside": "what {model} wrote is true and does not answer the question",
    "voice": "How to show it",
    "voice_say": "Say",
    "voice_write": "Write",
    "voice_literal": "Quotation",
    "copy": "Copy",
    "copy_cited": "Copy with citations",
    "copied": "Copied",
    "copied_cited": "Copied with its citations",
    "copied_partly": "Copied without what is for your eyes only",
    "copied_internal": "Copied. Careful: part of it is for your eyes only, not for the customer",
    "copy_failed": "The browser did not allow copying. Select the text and copy it by hand.",
    "copy_nothing": "There is no answer to copy",
    "source": "Source",
    "source_open": "Open source {number}: {label}",
    "source_close": "Close",
    "source_context": "Text of the document",
    "source_before": "The document begins earlier",
    "source_after": "The document goes on",
    "source_gone": "This document is no longer there. Ask again.",
    "source_changed": "The document has changed since the answer: ask again. "
    "This is what was cited:",
    "page": "page {page}",
    "page_short": "p. {page}",
    "slide": "slide {page}",
    "row": "row {row}",
    "version": "version {version}",
    "version_short": "v. {version}",
    "from_day": "from {day}",
    "until_day": "until {day} included",
    "day": "Day",
    "day_hint": "today; another: 2025-09-02",
    "day_help": "Answers from what was, or will be, in force that day",
    "told": "As it was answered on",
    "told_hint": "now; earlier: 2025-09-02 10:30",
    "told_help": "Answers from what the register said at that moment",
    "inbox": "For you",
    "must_read": "Read “{title}” before {day}",
    "read_it": "Read",
    "what_changed": "What changed",
    "differences": "What changed: from version {old} to {new}",
    "differences_none": "Nothing of what it says is different.",
    "differences_more": "There are {count} more differences: the whole text is below.",
    "difference_changed": "Changed",
    "difference_added": "Added",
    "difference_removed": "Removed",
    "difference_moved": "Moved",
    "have_read_it": "I have read it",
    "notice_feedback_given": "A remark on your source “{source}”",
    "notice_feedback_assigned": "A remark on “{source}” was passed to you",
    "notice_feedback_resolved": "What you reported of “{source}” is resolved: {answer}",
    "notice_feedback_declined": "What you reported of “{source}” stays as it is: {answer}",
    "notice_gap_assigned": "Something that is asked and not answered was given to you",
    "notice_escalation_answered": "{by} answers what you asked the company (a person, not a "
    "source): {answer}",
    "notice_escalation_nobody": "Nobody on duty could answer what you asked the company",
    "notice_escalation_unanswered": "An agent got no answer, and the topic is yours",
    "notice_commitment_assigned": "{commitment}, a promise or complaint, was given to you",
    "notice_commitment_overdue": "{commitment}, a promise or complaint, is overdue",
    "notice_contact_offered": "A contact is offered to you: it is on the page of contacts",
    "notice_contact_taken_over": "A contact of yours is now with somebody else",
    "notice_contact_declined": "The contact that you offered was not taken",
    "notice_webhook_failed": "A summary could not be sent to the other program within a day: look "
    "at `voz webhook list`",
    "notice_seen": "Seen",
    "fixed_in": "It is right since version {version}.",
    "changes": "What changed in 7 days ({count})",
    "change_new": "“{title}” is new",
    "change_changed": "“{title}” has changed",
    "change_ended": "“{title}” is no longer in force",
    "change_begins": "“{title}” changes on {day}",
    "change_ends": "“{title}” is no longer in force after {day}",
    "vote": "Does it help?",
    "vote_useful": "Yes",
    "vote_wrong": "It is wrong",
    "vote_outdated": "It is outdated",
    "vote_missing": "Something is missing",
    "voted": "Noted. Whoever keeps the source is told, and so are you when it is settled.",
    "voted_useful": "Noted. Thank you.",
    "remark": "What is wrong? (if you like), then Enter",
    "remark_hint": "For instance: the deadline changed last month (no customers' names)",
    "error_vote": "This could not be noted: {line}",
    "error_day": "“{day}” is no day. Write it as 2025-09-02; empty means today.",
    "error_told": "“{moment}” is no past moment. Write it as 2025-09-02 10:30, or 2025-09-02 for "
    "the end of that day; empty means now.",
    "as_on": "What is in force on {day}",
    "case_facts": "For this case",
    "case_facts_none": "What is cited states no deadline.",
    "case_computed": "Computed:",
    "case_question": "To be known:",
    "case_not_applicable": "Ruled out:",
    "case_open": "Not computed, since the source does not say there what they count from: "
    "{amounts}.",
    "as_told": "What would have been answered on {moment}",
    "changed_since": "Different today: “{title}”, cited in version {version}, is at version {now}.",
    "gone_since": "No longer in force today: “{title}”, version {version}.",
    "internal": "For your eyes only: do not tell the customer",
    "approved": "Approved wording: say it as it is",
    "page_image": "Page {page} of “{title}”, with the passage marked",
    "page_image_plain": "Page {page} of “{title}”",
    "page_enlarge": "See the page at full size",
    "page_loading": "Preparing the image of the page…",
    "page_unmarked": "The passage could not be found on the image; it is marked in the text above.",
    "page_failed": "The image of the page could not be prepared; the text is above.",
    "language_es": "Spanish",
    "language_en": "English",
    "help_title": "Keyboard shortcuts",
    "help_close": "Close",
    "help_enter": "Ask",
    "help_newline": "New line in the question",
    "help_escape": "Close the source; with none open, empty the question",
    "help_focus": "Go to the question",
    "help_recall": "Bring back the last question (with the box empty)",
    "help_open": "Open source 1 to 9",
    "help_copy": "Copy the answer",
    "help_copy_cited": "Copy the answer with its citations",
    "help_voice": "Say, write or quotation",
    "help_new": "New conversation",
    "help_help": "This help",
    "sign_in": "Sign in",
    "sign_in_name": "Account name",
    "sign_in_password": "Password",
    "sign_in_provider": "Sign in with your company account",
    "sign_in_or": "or with an account of this server",
    "sign_in_not_right": "The name or the password is not right.",
    "sign_in_wait": "Too many tries. Wait {seconds} seconds and try again.",
    "sign_in_link_used": "That link was used already or is too old. Sign in with name and "
    "password.",
    "sign_in_provider_failed": "Signing in with your company account did not work. Try again; if "
    "it happens again, tell whoever runs the server.",
    "sign_in_provider_refused": "You were recognised, but your account may do nothing here. Ask "
    "whoever runs the server for a role, or to be let in again.",
    "sign_in_unavailable": "Signing in is not possible just now. Try again in a moment.",
    "manage": "Management",
    "questions": "Questions",
    "contact": "Contacts",
    "queue": "Queue",
    "quality": "Quality",
    "sign_out": "Sign out",
    "signed_in_as": "You are signed in as {name}",
    "signed_out": "Your session has ended, and the last thing was not done. Sign in in another "
    "tab and come back to this one: what is in it stays.",
    "other_account": "Another account has signed in in this browser. Load the page anew.",
    "reload": "Load anew",
    "account": "Your account",
    "account_holds": "What you may do",
    "account_holds_nothing": "Nothing yet: ask whoever runs the server for a role.",
    "account_back": "Back to the questions",
    "account_grant": "{role}, for “{audience}”",
    "role_agent": "Agent: asks and reads the sources",
    "role_manager": "Documents: brings them in and edits them",
    "role_approver": "Approval: publishes what others have written",
    "role_expert": "Expert: answers what agents ask the company",
    "role_qa": "Quality: evaluates answers and looks at what was said",
    "role_admin": "Administration: accounts and audiences",
    "role_channel": "Channel: brings contacts in, as a program does",
    "password_change": "Change the password",
    "password_must": "You signed in with a one-time password. Choose your own now.",
    "password_current": "Current password",
    "password_new": "New password",
    "password_again": "The new one again",
    "password_rule": "12 to 128 characters. Four words that do not belong together do well.",
    "password_differs": "The two new passwords are not the same.",
    "password_current_wrong": "The current password is not right.",
    "password_elsewhere": "You sign in with {provider}: the password is changed there.",
    "refused": "This page is not for your account",
    "refused_hint": "Your account does not have the role that asking takes. Ask whoever runs the "
    "server for it.",
    "key_enter": "Enter",
    "key_shift": "Shift",
    "key_escape": "Esc",
    "key_up": "Up arrow",
}

CATALOGUE: dict[Language, dict[str, str]] = {"es": _ES, "en": _EN}


def say(language: Language, key: str, **values: object) -> str:
    """The string ``key`` in a language, its ``{name}`` places filled.

    Raises:
        KeyError: no such string, or a value it needs is missing.
    """
    return CATALOGUE[language][key].format(**values)


def preferred_language(wanted: str | None, accepted: str, default: Language) -> Language:
    """The interface's language: as the address says, else the browser, else the setting.

    Args:
        wanted: ``lang`` of the address, if given.
        accepted: the browser's Accept-Language header, preferred first.
        default: the setting.
    """
    for name in (wanted or "", *accepted.split(",")):
        tongue = name.split(";")[0].strip().lower().split("-")[0]
        if tongue == "es":
            return "es"
        if tongue == "en":
            return "en"
    return default


def decimal(language: Language, number: float, digits: int) -> str:
    """A number with the language's decimal sign: ``0,08`` in Spanish, ``0.08`` in English."""
    text = f"{number:.{digits}f}"
    return text.replace(".", ",") if language == "es" else text


def day_text(language: Language, day: date) -> str:
    """A day as people write it: ``2/9/2025`` in Spanish, ``2 Sep 2025`` in English."""
    if language == "es":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def place(
    language: Language, document: str, page: int | None, row: int | None, *, short: bool
) -> str:
    """Where in a document something stands, in words; empty where its format has no places.

    >>> place("en", "training.pptx", 7, None, short=True)
    'slide 7'
    """
    if page is not None and document.lower().endswith(".pptx"):
        return say(language, "slide", page=page)
    if page is not None:
        return say(language, "page_short" if short else "page", page=page)
    return say(language, "row", row=row) if row is not None else ""
