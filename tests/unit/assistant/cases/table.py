# ruff: noqa: E501 - one line for each case
"""Sentences, dates and what follows, worked out by hand with a calendar of 2026 on the table.

Each line is ``case -> result | sentence``. The result is the last day (``2026-12-31``), the first
(``>2026-12-07``), both (``2026-11-19..2026-11-23``), a question (``?date``), ``x`` where the rule
is ruled out, or ``-`` where the sentence states no rule; ``+channel`` and the like follow where
something else has to be asked. ``D`` is delivered=2026-11-16, a Monday; it is Saturday, 28 November
2026. Holidays are Spain's, ``[ES-MD]`` those of Madrid too, ``[sat]`` with Saturdays counted.
"""

SPANISH = """
D -> 2026-12-31 | Dispone de 45 días naturales desde la entrega.
D -> 2026-12-16 | Tiene 30 días desde que recibe el pedido.
D -> 2026-12-16 | Puede devolverlo en treinta días a partir de la recepción.
D -> 2026-12-16 | El plazo de devolución es de treinta (30) días desde la entrega.
D -> 2026-11-30 | Las devoluciones se piden en los 14 días siguientes a la entrega.
D -> 2026-11-30 | Hay dos semanas desde la entrega para cambiarlo.
D -> 2026-12-07 | Se admite hasta tres semanas después de la entrega.
D -> 2026-12-01 | Dispone de una quincena desde la entrega.
D -> 2026-12-16 | Desde la entrega, el cliente dispone de un mes para reclamar.
D -> 2027-01-16 | Debe avisar en los dos meses siguientes a la entrega.
D -> 2027-05-16 | Los accesorios tienen 6 meses de garantía desde la entrega.
D -> 2027-11-16 | La garantía comercial es de un año desde la entrega.
D -> 2029-11-16 | La garantía legal es de 3 años desde la entrega para los productos nuevos.
D -> 2036-11-16 | Parte: Núcleo del colchón; Duración desde la entrega: 10 años; Límite: 2 cm
D -> 2028-05-16 | La batería tiene un año y medio de garantía desde la entrega.
D -> 2027-02-16 | Se garantiza durante un trimestre desde la entrega.
D -> 2027-02-24 | El cliente puede devolver el colchón hasta la noche 100, contada desde la entrega.
D -> >2026-12-07 | Debe haberlo usado un mínimo de 21 noches desde la entrega.
D -> >2026-12-07 | Son al menos 21 noches a contar desde la entrega.
D -> 2027-02-24 | Tiene 100 noches de prueba desde el día de la entrega.
D -> 2027-01-15 | Cuenta con 60 noches desde que recibió el colchón.
D -> 2026-11-18 | Daño visible: 48 horas desde la entrega
D -> 2026-11-17 | Avise en las 24 horas siguientes a la recepción.
delivered=2026-11-16T10:30 -> 2026-11-17 | Avise en las 36 horas siguientes a la entrega.
D -> ?hour | Avise en las 4 horas siguientes a la entrega.
D -> 2026-11-23 | Plazo: 7 días naturales desde la entrega; Motivo: T2
D -> 2026-11-19 | La visita se hace en 3 días laborables desde la entrega.
D -> 2026-11-23 | Se responde en 5 días hábiles desde la entrega.
D -> 2026-11-30 | Se responde en diez días laborables desde la entrega.
D -> 2026-12-07 | Son 15 días laborables desde la entrega.
D -> 2026-12-09 | Son 16 días laborables desde la entrega.
D [ES-MD] -> 2026-12-09 | Son 15 días laborables desde la entrega.
D [sat] -> 2026-12-03 | Son 15 días laborables desde la entrega.
D [sat] -> 2026-11-21 | Se responde en 5 días hábiles desde la entrega.
delivered=2026-11-27 -> 2026-12-01 | El técnico llama en 2 días laborables desde la entrega.
delivered=2026-11-28 -> 2026-11-30 | El técnico llama en 1 día laborable desde la entrega.
delivered=2026-11-22 -> 2026-11-27 | El técnico llama en 5 días laborables desde la entrega.
purchased=2026-10-08 -> 2026-10-13 | El pedido se anula en 2 días hábiles desde la compra.
purchased=2026-10-08 -> 2026-10-16 | El pedido se anula en 5 días hábiles desde la compra.
delivered=2026-03-31 -> 2026-04-08 | Se recoge en 5 días laborables desde la entrega.
delivered=2026-03-31 [ES-VC] -> 2026-04-09 | Se recoge en 5 días laborables desde la entrega.
delivered=2026-03-31 [ES-MD] -> 2026-04-07 | Se recoge en 3 días laborables desde la entrega.
claimed=2025-12-22 -> 2026-01-15 | El plazo de 15 días laborables cuenta desde que el cliente presenta la reclamación.
claimed=2026-11-16 -> 2026-11-30 | La reclamación se contesta en 10 días laborables desde la solicitud.
collected=2026-11-16 -> 2026-11-26 | El dinero se devuelve en un máximo de 10 días naturales desde la recogida.
notified=2026-11-16 -> 2026-12-06 | La reparación debe terminar en 20 días naturales desde el aviso.
notified=2026-11-16 -> 2026-12-06 | La reparación termina como máximo a los 20 días naturales del aviso.
notified=2026-11-16 -> 2026-11-30 | Nunca más tarde de 14 días naturales desde que el cliente lo comunicó.
returned=2026-11-16 -> 2026-11-30 | Se devuelve en 14 días naturales desde que el artículo llega al almacén de Paterna.
returned=2026-11-16 -> 2026-11-25 | La cita se da en un máximo de 7 días laborables desde que se crea la devolución.
invoiced=2026-11-16 -> 2026-12-16 | Para cambiar los datos tiene 30 días naturales desde la fecha de la factura.
invoiced=2026-11-16 -> 2026-12-16 | El plazo es de 30 días desde que recibe la factura.
repaired=2026-03-10 -> 2027-03-10 | Si el fallo vuelve en los 12 meses siguientes a la reparación, se repara sin coste.
found=2026-11-16 -> 2027-01-16 | El cliente debe avisar del fallo en los 2 meses siguientes a conocerlo.
found=2026-11-16 -> 2027-01-16 | Tiene dos meses desde que se detecta el defecto.
found=2026-11-16 -> 2026-12-01 | Se pide en los 15 días siguientes a la avería.
paid=2026-11-16 -> 2026-11-21 | El pedido se anula a los 5 días naturales del pago.
dispatched=2026-11-16 -> 2026-11-26 | Llega en un máximo de 10 días desde el envío.
purchased=2026-11-16 -> 2026-11-18 | Se anulan sin coste en las 48 horas siguientes a la confirmación del pedido.
refunded=2026-11-16 -> 2026-11-18..2026-11-23 | Tarjeta; Desde que Almendro lo emite: de 2 a 5 días hábiles bancarios
started=2026-11-16 -> 2026-11-30 | Puede desistir en 14 días desde la firma del contrato.
cancelled=2026-11-16 -> 2026-11-23 | El importe se abona en 5 días laborables desde la cancelación.
installed=2026-11-16 -> 2028-11-16 | El montaje tiene 2 años de garantía desde la instalación.
delivered=2026-01-31 -> 2026-02-28 | Dispone de un mes desde la entrega.
delivered=2026-08-31 -> 2026-09-30 | Dispone de un mes desde la entrega.
delivered=2026-08-31 -> 2027-02-28 | Dispone de 6 meses desde la entrega.
delivered=2024-02-29 -> 2025-02-28 | La garantía es de un año desde la entrega.
delivered=2024-02-29 -> 2028-02-29 | La garantía es de 4 años desde la entrega.
delivered=2023-11-30 -> 2024-02-29 | Dispone de tres meses desde la entrega.
delivered=2026-09-10 -> 2026-10-10 | Dispone de 30 días desde la entrega.
D -> >2026-11-27 | Hay préstamo si pasa de 10 días naturales desde la entrega.
D -> >2026-11-27 | Se ofrece el cambio cuando la espera es de más de 10 días desde la entrega.
purchased=2026-11-02 -> >2026-11-17 | Transcurridos 14 días desde la compra no se admite.
D -> >2026-12-01 | Se cobra a partir de los 15 días desde la entrega.
D -> 2026-12-15 | Se admite en menos de 30 días desde la entrega.
D -> 2026-12-16 | Se admite en no más de 30 días desde la entrega.
D -> 2026-12-16 | El plazo nunca supera los 30 días desde la entrega.
D -> 2026-12-16 | En ningún caso se guarda más de 30 días desde la entrega.
D -> 2026-12-16 | Dispone de un máximo de 30 días desde la recepción del último artículo del pedido.
D -> >2026-11-30 | No se puede pedir el cambio hasta 14 días después de la entrega.
D,installed=2026-11-20 -> ?unknown_event | La garantía es de 2 años desde la entrega o la instalación.
D -> ?unknown_event | El plazo es de 10 días desde el último documento y se ofrece una reparación.
D -> ?unknown_event | El plazo es de 30 días desde el fin de la promoción de compra.
D -> ?unknown_event | El plazo es de 10 días desde que recibimos toda la información necesaria.
delivered=2026-12-10 -> 2026-12-08 | La dirección se cambia hasta 48 horas antes de la entrega.
delivered=2026-12-10 -> 2026-11-25 | Se anula sin coste hasta 15 días antes de la entrega.
delivered=2026-12-10 -> 2026-12-07 | Avise 2 días laborables antes de la entrega.
delivered=2026-12-10 -> 2026-11-10 | Se puede cambiar hasta un mes antes de la entrega.
delivered=2026-12-10 -> 2026-12-03 | Pídalo con 7 días de antelación a la entrega.
none -> ?date | Dispone de 45 días naturales desde la entrega.
purchased=2026-11-02 -> ?date | Dispone de 45 días naturales desde la entrega.
D -> ?date | Hay 30 días naturales desde la fecha de la factura.
D -> ?unknown_event | El plazo de devolución es de 30 días naturales.
D -> ?unknown_event | Artículo: Colchones; Plazo: 100 noches de prueba
delivered=2026-12-10 -> ?future | Dispone de 45 días naturales desde la entrega.
delivered=2026-11-28T23:59 -> ?future | Avise en las 24 horas siguientes a la entrega.
D,purchased=2026-11-20 -> ?order | Dispone de 45 días naturales desde la entrega.
D,found=2026-11-10 -> ?order | Debe avisar en los 2 meses siguientes a conocer el fallo.
delivered=1926-11-16 -> ?old | Dispone de 45 días naturales desde la entrega.
D,channel=web -> 2026-11-30 | Si compró por teléfono o en la web, tiene 14 días desde la entrega.
D,channel=shop -> x | Si compró por teléfono o en la web, tiene 14 días desde la entrega.
D -> 2026-11-30 +channel | Si compró por teléfono o en la web, tiene 14 días desde la entrega.
D,channel=shop -> 2026-12-31 | Son 45 días naturales desde la entrega, también para compras en tienda.
D,channel=phone -> 2026-11-30 | Lo comprado a distancia se devuelve en 14 días desde la entrega.
D,purchased=2026-11-02 -> 2026-12-31 | En compras desde el 1 de marzo de 2026, 45 días desde la entrega.
D,purchased=2026-02-20 -> x | En compras desde el 1 de marzo de 2026, 45 días desde la entrega.
D -> 2026-12-31 +date | En compras desde el 1 de marzo de 2026, 45 días desde la entrega.
D,purchased=2026-02-20 -> 2026-12-16 | Para compras anteriores al 1 de marzo de 2026 son 30 días desde la entrega.
D,purchased=2026-03-01 -> x | Para compras anteriores al 1 de marzo de 2026 son 30 días desde la entrega.
D,purchased=2026-02-28 -> 2026-12-16 | Compras entre el 1 de marzo de 2024 y el 28 de febrero de 2026: 30 días desde la entrega.
D,purchased=2026-03-01 -> x | Compras entre el 1 de marzo de 2024 y el 28 de febrero de 2026: 30 días desde la entrega.
delivered=2021-12-31 -> x | La garantía es de 3 años desde la entrega para lo entregado a partir del 1 de enero de 2022.
D,purchased=2026-12-05 -> ?future | En compras desde el 1 de marzo de 2026, 45 días desde la entrega.
D -> 2026-12-16 | Los comprados antes tienen 30 días desde la entrega.
D -> - | La devolución comercial pasa de 30 a 45 días naturales.
D -> - | La reparación en garantía baja de 30 a 20 días naturales.
D -> - | Se admite una prueba por cliente cada 24 meses.
D -> - | La recogida cuesta 39,00 € y se paga al técnico.
D -> - | Los menores de 18 años de edad no pueden comprar.
D -> - | El enlace caduca a los 20 minutos desde el envío.
D -> - | El técnico contacta en 4 horas laborables desde la entrega.
D -> - | El envío a la península tarda 5 días laborables.
"""

ENGLISH = """
D -> 2026-12-31 | You have 45 calendar days from delivery.
D -> 2026-12-16 | Return it within 30 days of receiving the parcel.
D -> 2026-12-16 | You can return it within thirty days after delivery.
D -> 2026-12-16 | The period is thirty (30) days from the date of delivery.
D -> 2026-11-30 | Send the goods back within 14 calendar days of receiving the last item.
D -> 2026-11-30 | You have two weeks from delivery to exchange it.
D -> 2026-11-30 | You have a fortnight from delivery.
D -> 2026-12-16 | From delivery you have a month to complain.
D -> 2026-12-16 | Claims are accepted up to one month after delivery.
D -> 2027-01-16 | Tell us within two months of delivery.
D -> 2027-05-16 | Accessories are under guarantee for 6 months from delivery.
D -> 2029-11-16 | Three years from delivery for new products.
D -> 2028-05-16 | The battery is guaranteed for a year and a half from delivery.
D -> 2027-02-24 | It can be returned until night 100, counted from delivery.
D -> >2026-12-07 | It must be used for at least 21 nights from delivery.
D -> >2026-12-07 | A minimum of 21 nights after delivery is required.
D -> 2027-02-24 | Mattresses have 100 trial nights from delivery.
D -> 2026-11-18 | Report visible damage no later than 48 hours after delivery.
D -> 2026-11-17 | Tell us within 24 hours of receipt.
delivered=2026-11-16T22:00 -> 2026-11-18 | Tell us within 36 hours of delivery.
D -> ?hour | Tell us within 6 hours of delivery.
D -> 2026-11-19 | The technician comes within 3 working days of delivery.
D -> 2026-11-23 | We answer within 5 business days of delivery.
D -> 2026-11-30 | We answer within ten working days from delivery.
D -> 2026-12-09 | It takes at most 16 working days from delivery.
D [ES-MD] -> 2026-12-09 | It takes at most 15 working days from delivery.
D [sat] -> 2026-12-03 | It takes at most 15 working days from delivery.
delivered=2026-11-27 -> 2026-12-01 | We call within 2 business days of delivery.
delivered=2026-11-22 -> 2026-11-23 | We call within one working day of delivery.
purchased=2026-10-08 -> 2026-10-13 | Orders can be cancelled within 2 business days of purchase.
delivered=2026-03-31 [ES-VC] -> 2026-04-09 | Collection is within 5 working days of delivery.
claimed=2025-12-22 -> 2026-01-15 | We answer within 15 working days of your complaint.
claimed=2026-11-16 -> 2026-11-30 | We answer within 10 working days from receipt of your request.
collected=2026-11-16 -> 2026-11-26 | We refund the same means of payment within 10 calendar days of collection.
notified=2026-11-16 -> 2026-12-16 | A repair is finished within 30 calendar days of your call.
notified=2026-11-16 -> 2026-12-06 | A repair ends within 20 days after you report the fault.
returned=2026-11-16 -> 2026-11-19..2026-11-23 | Refunds take 3 to 5 business days from receipt of the returned item in our warehouse.
returned=2026-11-16 -> 2026-11-30 | The money is sent within 14 days after we receive the goods.
invoiced=2026-11-16 -> 2026-12-16 | You may have the data changed within 30 days of the invoice.
repaired=2026-03-10 -> 2027-03-10 | If it fails again within 12 months of the repair, we repair it for free.
found=2026-11-16 -> 2027-01-16 | The claim must be filed within two months of discovering the defect.
found=2026-11-16 -> 2026-12-01 | Send receipts within 15 days of the breakdown.
paid=2026-11-16 -> 2026-11-21 | The order is cancelled 5 days after payment.
dispatched=2026-11-16 -> 2026-11-26 | It arrives within 10 days of dispatch.
purchased=2026-11-16 -> 2026-11-18 | Cancel free of charge within 48 hours of the order confirmation.
started=2026-11-16 -> 2026-11-30 | You may withdraw within 14 days of signing the contract.
delivered=2026-01-31 -> 2026-02-28 | You have one month from delivery.
delivered=2026-10-31 -> 2026-11-30 | You have one month from delivery.
delivered=2024-02-29 -> 2025-02-28 | The warranty lasts one year from delivery.
delivered=2025-11-30 -> 2026-02-28 | You have three months from delivery.
D -> >2026-11-27 | A loan is offered when more than 10 days have passed since delivery.
purchased=2026-11-02 -> >2026-11-17 | After 14 days from purchase it is no longer accepted.
D -> 2026-12-15 | It is accepted in less than 30 days from delivery.
D -> 2026-12-16 | It is accepted in no more than 30 days from delivery.
D -> 2026-12-16 | The wait is not to exceed 30 calendar days from delivery.
D -> 2026-12-16 | It takes not more than 30 days from delivery.
D -> >2026-11-30 | It cannot be exchanged until 14 days after delivery.
D,installed=2026-11-20 -> ?unknown_event | The warranty is two years from delivery or installation.
D -> ?unknown_event | The claim period is 30 days from the end of the contract.
D -> ?unknown_event | Within 45 days of receiving details of the fault we answer.
notified=2026-11-16 -> 2026-11-30 | Within 14 days of the day on which we received the notice of withdrawal.
delivered=2026-12-10 -> 2026-12-08 | You can change the address up to 48 hours before delivery.
delivered=2026-12-10 -> 2026-11-25 | Cancel at least 15 days before delivery.
delivered=2026-12-10 -> 2026-12-07 | Tell us 2 working days before delivery.
none -> ?date | You have 45 calendar days from delivery.
purchased=2026-11-02 -> ?date | Return it within 30 days of receiving the parcel.
D -> ?unknown_event | Send photos and receipts within 15 days.
D -> ?unknown_event | Mattresses: 100 trial nights, of which at least 21 must be used.
delivered=2026-12-10 -> ?future | You have 45 calendar days from delivery.
D,purchased=2026-11-20 -> ?order | You have 45 calendar days from delivery.
delivered=1926-11-16 -> ?old | You have 45 calendar days from delivery.
D,channel=phone -> 2026-11-30 | If you bought by phone or on www.almendro.example you can return it within 14 days of delivery.
D,channel=shop -> x | If you bought by phone or on www.almendro.example you can return it within 14 days of delivery.
D -> 2026-11-30 +channel | If you bought by phone or on our website, return it within 14 days of delivery.
D,channel=shop -> 2026-12-31 | You have 45 calendar days from delivery, for purchases in shops too.
D,purchased=2026-02-20 -> 2026-12-16 | Purchases before 1 March 2026: 30 days from delivery.
D,purchased=2026-03-02 -> x | Purchases before 1 March 2026: 30 days from delivery.
D -> 2026-12-31 +date | For purchases from 1 March 2026 you have 45 days from delivery.
D,purchased=2026-02-20 -> x | For purchases from 1 March 2026 you have 45 days from delivery.
D,purchased=2025-06-01 -> 2026-12-16 | For orders between 1 March 2024 and 28 February 2026 you have 30 days from delivery.
D -> - | The return period changes from 30 to 45 days.
D -> - | One trial per customer every 24 months.
D -> - | The visit costs 29 euros and takes 20 minutes.
D -> - | Lines are open 24 hours a day.
"""
